"""China's provinces by the names that people and files give them, as codes of ISO 3166-2."""

from functools import cache

_PROVINCES = """
AH 安徽 Anhui|BJ 北京 Beijing|CQ 重庆 Chongqing|FJ 福建 Fujian|GD 广东 Guangdong|GS 甘肃 Gansu|GX 广西 Guangxi
GZ 贵州 Guizhou|HA 河南 Henan|HB 湖北 Hubei|HE 河北 Hebei|HI 海南 Hainan|HL 黑龙江 Heilongjiang|HN 湖南 Hunan
JL 吉林 Jilin|JS 江苏 Jiangsu|JX 江西 Jiangxi|LN 辽宁 Liaoning|NM 内蒙古 Neimenggu|NX 宁夏 Ningxia|QH 青海 Qinghai
SC 四川 Sichuan|SD 山东 Shandong|SH 上海 Shanghai|SN 陕西 Shaanxi|SX 山西 Shanxi|TJ 天津 Tianjin|XJ 新疆 Xinjiang
XZ 西藏 Xizang|YN 云南 Yunnan|ZJ 浙江 Zhejiang|HK 香港 Hongkong|MO 澳门 Macao|TW 台湾 Taiwan
"""
_MORE = {"innermongolia": "NM", "tibet": "XZ", "macau": "MO"}
_ENDINGS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
    "province",
    "municipality",
)


@cache
def _names() -> dict[str, str]:
    known = dict(_MORE)
    for entry in _PROVINCES.replace("\n", "|").strip("|").split("|"):
        code, chinese, english = entry.split()
        known |= {code.lower(): code, chinese: code, english.lower(): code}
    return known


def province_code(country: str, province: str) -> str:
    """The code of a place within a country: "CN-ZJ" for 浙江省, Zhejiang, ZJ or CN-ZJ; "" where none is named.

    Outside China a province is taken as its own code.
    """
    country, text = country.strip().upper(), province.strip()
    if not text or "-" in text:
        return text.upper()
    folded = text.lower().replace(" ", "").replace("'", "")
    for ending in _ENDINGS:
        folded = folded.removesuffix(ending) or folded
    if country in ("CN", "") and (code := _names().get(folded)):
        return f"CN-{code}"
    return f"{country}-{text.upper()}" if country else ""
