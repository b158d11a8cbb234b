"""China's provinces by the names that people and files give them, as codes of ISO 3166-2."""

from functools import cache

from .place_words import provinces

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
    for code, (chinese, english) in provinces().items():
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


def places_of(country: str, province: str) -> tuple[str, ...]:
    """The codes of a place, the narrowest first: ("CN-ZJ", "CN"); empty where nothing is known of it."""
    code = province_code(country, province)
    return tuple(filter(None, (code, country.strip().upper() or code.partition("-")[0])))
