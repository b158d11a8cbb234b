"""Countries, China's provinces and languages in words: what their codes mean to the reader."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

PROVINCES = """
AH 安徽 Anhui|BJ 北京 Beijing|CQ 重庆 Chongqing|FJ 福建 Fujian|GD 广东 Guangdong|GS 甘肃 Gansu|GX 广西 Guangxi
GZ 贵州 Guizhou|HA 河南 Henan|HB 湖北 Hubei|HE 河北 Hebei|HI 海南 Hainan|HL 黑龙江 Heilongjiang|HN 湖南 Hunan
JL 吉林 Jilin|JS 江苏 Jiangsu|JX 江西 Jiangxi|LN 辽宁 Liaoning|NM 内蒙古 Neimenggu|NX 宁夏 Ningxia|QH 青海 Qinghai
SC 四川 Sichuan|SD 山东 Shandong|SH 上海 Shanghai|SN 陕西 Shaanxi|SX 山西 Shanxi|TJ 天津 Tianjin|XJ 新疆 Xinjiang
XZ 西藏 Xizang|YN 云南 Yunnan|ZJ 浙江 Zhejiang|HK 香港 Hongkong|MO 澳门 Macao|TW 台湾 Taiwan
"""
"""China's provinces: code of ISO 3166-2 within CN, Chinese name, English name."""
_SPOKEN_OTHERWISE = {"NM": "Inner Mongolia", "XZ": "Tibet", "HK": "Hong Kong"}


@cache
def provinces() -> dict[str, tuple[str, str]]:
    """The Chinese and the English name of each province by its code within CN."""
    entries = (entry.split() for entry in PROVINCES.replace("\n", "|").strip("|").split("|"))
    return {code: (chinese, english) for code, chinese, english in entries}


def place_words(code: str) -> str:
    """A country ("CN") or a part of it ("CN-ZJ", or as people write it: "浙江") in the reader's language.

    What is neither stays as it is.
    """
    country, _dash, part = code.partition("-")
    if code in _written():
        country, part = "CN", _written()[code]
    if not part:
        return str(_locale().territories.get(country.upper()) or code)
    known = provinces().get(part.upper()) if country.upper() == "CN" else None
    if known is None:
        return code
    chinese, english = known
    return chinese if _is_chinese() else _SPOKEN_OTHERWISE.get(part.upper(), english)


@cache
def _written() -> dict[str, str]:
    """The codes of China's provinces by the names that people write."""
    return {name: code for code, names in provinces().items() for name in names}


def language_words(code: str) -> str:
    """A language ("zh", "zh-hans") in the reader's language; unknown codes as they are."""
    return str(_locale().languages.get(code.lower().split("-")[0]) or code)


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _locale() -> Locale:
    return _locale_of("zh_Hans" if _is_chinese() else "en")


@cache
def _locale_of(name: str) -> Locale:
    return Locale.parse(name)
