"""The market: all companies and people who ever deal with us, and what they are like."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ..engine.chance import Chance, Streams, Weighted
from ..words.companies import JOB_TITLES
from .companies import Company, company_of
from .names import Name, chinese_name, foreign_name

ABROAD = 0.14
FAMILIES: dict[str, str] = {
    "power": "boiler-feed 6 circulation 3 chemical-process 1 fire 1 sewage 1",
    "water": "sewage 6 metering 3 booster 3 slurry 1",
    "chemical": "chemical-process 5 magnetic 5.5 metering 2 boiler-feed 1 circulation 1",
    "food": "sanitary 6 boiler-feed 1.5 sewage 1 metering 1 circulation 1",
    "pharma": "sanitary 4 magnetic 4.5 metering 2 circulation 1",
    "paper": "slurry 3 chemical-process 2 boiler-feed 2 sewage 1 circulation 1",
    "mining": "slurry 6 sewage 2 magnetic 0.6 metering 1",
    "building": "booster 5 fire 5 sewage 2 circulation 3",
    "marine": "circulation 2 fire 2 sewage 1.5 chemical-process 1 magnetic 0.8",
    "oil": "chemical-process 5 boiler-feed 1 magnetic 2.2 fire 1 metering 2",
    "textile": "circulation 3 chemical-process 1.5 sewage 2 boiler-feed 2 magnetic 1.4 metering 1",
    "trade": "sewage 2 booster 2 fire 1 circulation 2 chemical-process 1 metering 1 sanitary 1 magnetic 0.8",
    "other": "circulation 2 magnetic 3 booster 1 sewage 1 metering 1",
}


def _families(table: str) -> Weighted[str]:
    words = table.split()
    return Weighted((words[at], float(words[at + 1])) for at in range(0, len(words), 2))


_families_by_industry = {industry: _families(table) for industry, table in FAMILIES.items()}
_titles = Weighted((row[:4], row[4]) for row in JOB_TITLES)
_size = {"A": 0.06, "B": 0.2, "C": 0.42, "D": 0.32}
_potential = Weighted(_size.items())


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the market."""

    name: Name
    title: str
    department: str
    email: str
    phone: str
    language: str
    chat: tuple[str, str] | None


@dataclass(slots=True)
class Prospect:
    """A company with its hidden character; what has become known of it lies in the ledger under `key`."""

    key: str
    company: Company
    people: list[Person]
    potential: str
    families: tuple[str, ...]
    employees: int
    pays: bool
    needs: float
    known: list[str] = field(default_factory=list)
    installed: list[str] = field(default_factory=list)
    bought: float = 0.0
    annoyance: float = 0.0
    last_seen: int = 0
    is_customer: bool = False
    is_lost: bool = False

    @property
    def home(self) -> bool:
        """Whether it is a company in China."""
        return self.company.country == "CN"


def prospect_of(chance: Chance, key: str, taken: set[str]) -> Prospect:
    """A company with its people, how much it may buy, and whether it pays."""
    company = company_of(chance, taken, abroad=chance.hit(ABROAD))
    potential = _potential.pick(chance)
    families = _wanted(chance, company)
    people = 1 + min(5, int(chance.expovariate(0.8 if potential in "AB" else 1.1)))
    return Prospect(
        key=key,
        company=company,
        people=[person_of(chance, company) for _person in range(people)],
        potential=potential,
        families=families,
        employees=int(chance.spread({"A": 1400, "B": 420, "C": 130, "D": 35}[potential], 0.7)) + 3,
        pays=_pays(chance),
        needs=_needs(chance, potential),
    )


def past_of(chance: Chance, key: str, company: Company, potential: str, employees: int) -> Prospect:
    """A company that has been known for long, with what nobody knows of it; of its people nobody is known yet."""
    return Prospect(
        key=key,
        company=company,
        people=[],
        potential=potential,
        families=_wanted(chance, company),
        employees=employees,
        pays=_pays(chance),
        needs=_needs(chance, potential),
    )


def _wanted(chance: Chance, company: Company) -> tuple[str, ...]:
    picker = _families_by_industry[company.industry]
    return tuple(dict.fromkeys(picker.pick(chance) for _try in range(3)))


def _pays(chance: Chance) -> bool:
    return not chance.hit(0.085)


def _needs(chance: Chance, potential: str) -> float:
    return chance.spread({"A": 2.4, "B": 1.3, "C": 0.7, "D": 0.35}[potential], 0.4)


def person_of(chance: Chance, company: Company | None) -> Person:
    """A person at a company, or at none that we know of."""
    home = company is None or company.country == "CN"
    name = chinese_name(chance, female_share=0.33) if home else foreign_name(chance, company.culture)  # type: ignore[union-attr]
    title, department, title_en, department_en = _titles.pick(chance)
    phone = _mobile(chance) if home else ""
    chat = None
    if home and chance.hit(0.7):
        chat = ("wechat" if chance.hit(0.65) else "wecom", f"{name.latin[1]}_{chance.randrange(100, 9999)}")
    elif not home and chance.hit(0.4):
        chat = ("whatsapp", f"{name.latin[1]}.{name.latin[0]}{chance.randrange(10, 99)}")
    return Person(
        name=name,
        title=title if home else title_en,
        department=department if home else department_en,
        email=_address(chance, name, company),
        phone=phone,
        language=company.language if company else "zh",
        chat=chat,
    )


def _mobile(chance: Chance) -> str:
    """A number of the series 161, which no operator gives to people."""
    return f"+86 161 00{chance.randrange(100):02} {chance.randrange(10000):04}"


def _address(chance: Chance, name: Name, company: Company | None) -> str:
    family, given = name.latin
    if company is None:
        if chance.hit(0.45):
            return ""
        return f"{given}{family}{chance.randrange(10, 9999)}@webmail.example"
    form = chance.random()
    local = (
        f"{given}.{family}" if form < 0.5 else f"{family}{given}" if form < 0.8 else f"{given[:1]}{family}"
    )
    return f"{local}{chance.randrange(2, 99) if chance.hit(0.25) else ''}@{company.domain}"


@dataclass(frozen=True, slots=True)
class Market:
    """All companies in the order in which they come to us, and people of no known company."""

    prospects: list[Prospect]
    strangers: list[Person]


def market_of(
    streams: Streams,
    *,
    companies: int,
    people: int,
    strangers: int,
    after: Sequence[Prospect] = (),
    taken: Collection[str] = (),
) -> Market:
    """A market with so many companies, so many people altogether, and of these so many strangers.

    They come after those who are there already, and are called neither as these nor as what is taken.
    """
    chance, names, before = streams.of("market"), set(taken), len(after)
    keys = [f"account-{before + n:05}" for n in range(1, companies + 1)]
    prospects = [prospect_of(chance, key, names) for key in keys]
    count = sum(len(prospect.people) for prospect in prospects)
    while prospects and count != people - strangers:
        prospect = chance.pick(prospects)
        if count < people - strangers:
            prospect.people.append(person_of(chance, prospect.company))
            count += 1
        elif len(prospect.people) > 1:
            prospect.people.pop()
            count -= 1
    unknown = [person_of(chance, None) for _stranger in range(strangers)]
    return Market([*after, *prospects], unknown)
