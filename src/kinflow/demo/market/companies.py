"""Customer companies: names, places, addresses, and how to reach them."""

from collections.abc import Callable
from dataclasses import dataclass

from ..engine.chance import Chance, Weighted
from ..words import companies as words
from ..words import places
from ..words.reading import listed, pairs
from .names import plain

_first, _second = pairs(words.BRAND_FIRST), pairs(words.BRAND_SECOND)
_suffix = Weighted(words.SUFFIXES)
_industry = Weighted((name, weight) for name, (weight, _zh, _en) in words.INDUSTRIES.items())
_trades = {
    name: [tuple(trade.split(" ", 1)) for trade in listed(zh)]
    for name, (_weight, zh, _en) in words.INDUSTRIES.items()
}
_endings = {name: listed(en) for name, (_weight, _zh, en) in words.INDUSTRIES.items()}
_province = Weighted((code, row[2]) for code, row in places.PROVINCES.items())
_country = Weighted((code, row[3]) for code, row in places.COUNTRIES.items())


@dataclass(frozen=True, slots=True)
class City:
    """A Chinese city with its telephone area code."""

    name: str
    pinyin: str
    area: str


def _cities(table: str) -> list[City]:
    words_ = table.split()
    return [City(*words_[at : at + 3]) for at in range(0, len(words_), 3)]


CITIES = {code: _cities(row[3]) for code, row in places.PROVINCES.items()}


@dataclass(frozen=True, slots=True)
class Company:
    """A company as a directory would list it; `domain` is its mail domain, `culture` that of its people."""

    name: str
    name_en: str
    industry: str
    country: str
    province: str
    place: str
    city: str
    address: str
    phone: str
    domain: str
    culture: str
    language: str


def company_of(chance: Chance, taken: set[str], *, abroad: bool) -> Company:
    """A company whose name and mail domain are not taken yet; both are then."""
    make: Callable[[Chance], Company] = _foreign if abroad else _chinese
    while True:
        company = make(chance)
        if company.name not in taken and company.domain not in taken:
            taken.update((company.name, company.domain))
            return company


def _chinese(chance: Chance) -> Company:
    industry, code = _industry.pick(chance), _province.pick(chance)
    city = chance.pick(CITIES[code])
    first, second = chance.pick(_first), chance.pick(_second)
    trade, trade_en = chance.pick(_trades[industry])
    brand_en = f"{first[1]}{second[1]}".capitalize()
    return Company(
        name=f"{city.name}{first[0]}{second[0]}{trade}{_suffix.pick(chance)}",
        name_en=f"{city.pinyin} {brand_en} {trade_en} Co., Ltd.",
        industry=industry,
        country="CN",
        province=places.PROVINCES[code][0],
        place=f"CN-{code}",
        city=city.name,
        address=_address(chance, code, city),
        phone=_landline(chance, city.area),
        domain=f"{brand_en.lower()}-{plain(trade_en.split()[0])}-{plain(city.pinyin)[:4]}.example",
        culture="chinese",
        language="zh",
    )


def _landline(chance: Chance, area: str) -> str:
    """A local number that begins with 1, as none in China does."""
    return f"+86 {area} 1{chance.randrange(1000):03} {chance.randrange(10000):04}"


def _address(chance: Chance, code: str, city: City) -> str:
    province, number = places.PROVINCES[code][0], chance.randint(1, 999)
    road = "路" if chance.hit(0.7) else "大道"
    zone = chance.pick(places.ZONES) if chance.hit(0.6) else ""
    start = "" if province == city.name else f"{province}省"
    if province in ("广西", "内蒙古", "宁夏", "新疆"):
        start = province
    return f"{start}{city.name}市{zone}{chance.pick(places.STREETS)}{road}{number}号"


def _foreign(chance: Chance) -> Company:
    code = _country.pick(chance)
    english, culture, language, _weight, cities, _hours = places.COUNTRIES[code]
    industry = _industry.pick(chance)
    stem = chance.pick(words.FOREIGN_STEMS[culture].split("|"))
    form = chance.pick(words.FOREIGN_FORMS[code].split("|"))
    city = chance.pick(listed(cities))
    trade = chance.pick(_endings[industry])
    core = f"{stem} {city} {trade}" if chance.hit(0.35) else f"{stem} {trade}"
    name = f"PT {core}" if form == "PT" else f"{core} {form}"
    return Company(
        name=name,
        name_en=name,
        industry=industry,
        country=code,
        province="",
        place=code,
        city=city,
        address=f"{chance.randint(1, 240)} {chance.pick(places.STREETS_ABROAD)}, {city}, {english}",
        phone=_foreign_phone(chance, code),
        domain=f"{plain(core)[:22]}-{code.lower()}.example",
        culture=culture,
        language=language if chance.hit(0.7) else "en",
    )


def _foreign_phone(chance: Chance, country: str) -> str:
    """A number from the ranges that countries keep for fiction; elsewhere none."""
    if country == "US":
        return f"+1 {chance.choice((212, 312, 713, 918, 216))} 555 01{chance.randrange(100):02}"
    if country == "GB":
        return f"+44 20 7946 0{chance.randrange(1000):03}"
    return f"+49 40 66969 {chance.randrange(1000):03}" if country == "DE" else ""
