"""The people who hold the posts, with their skills, languages and managers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..engine.chance import Chance, Streams
from ..market.names import Name, chinese_name, foreign_name
from .facts import Capacity, Person, Position
from .posts import POSTS, Post
from .skills import FAMILY_CODES, INDUSTRIES, TERRITORIES
from .units import UNITS

DOMAIN = "jingchuan-pumps.example"
EXPERT = "engineering-2"
"""The principal engineer for magnetic drive pumps."""
EXPERT_NAME = Name("沈", "砚舟", ("shen", "yanzhou"))
ON_DUTY = "lead-desk-4"
"""Who is on duty at weekends, where hot leads do not wait."""
STAND_INS = ("engineering-3", "engineering-5")
"""Who would share the expert's work if he were not alone."""
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "overseas-1": ("en",),
    "overseas-europe-2": ("en", "es", "pt"),
    "overseas-europe-3": ("en", "es", "it"),
    "overseas-europe-4": ("en", "de", "pl"),
    "overseas-asia-1": ("en", "ru"),
    "overseas-asia-2": ("en", "ar", "tr"),
    "overseas-asia-3": ("en", "ko", "ja"),
    "overseas-asia-4": ("en", "ru"),
    "overseas-asia-5": ("en", "vi", "th"),
    "hotline-1": ("en", "es"),
    "parts-shop-1": ("en", "de"),
    "quality-1": ("en", "de"),
}
CULTURES = {"overseas-europe-1": "german", "overseas-europe-2": "spanish"}
LEAVERS: Mapping[str, float] = {"south-delta-3": 0.36, "hotline-5": 0.52, "east-jiangsu-4": 0.66}
"""Who leaves, and after which part of the period; each has a successor in the same post."""
SELLERS = ("east", "north", "south", "key", "overseas")
LIMITS = {"account": 150, "opportunity": 30, "case": 25, "lead": 25, "email": 30, "activity": 60}


@dataclass(frozen=True)
class Seat:
    """A post's seat: the key of who sits there, and from when to when."""

    key: str
    post: Post
    joined_on: date | None = None
    left_on: date | None = None


def seats(first: date, last: date) -> Iterator[Seat]:
    """Every seat of every post; a leaver's successor comes after all others."""
    counts: dict[str, int] = {}
    successors: list[Seat] = []
    for post in POSTS:
        for _holder in range(post.count):
            counts[post.unit] = counts.get(post.unit, 0) + 1
            key = f"{post.unit}-{counts[post.unit]}"
            share = LEAVERS.get(key)
            left = _workday(first + (last - first) * share) if share is not None else None
            yield Seat(key, post, left_on=left)
            if left is not None:
                successors.append(Seat(successor_of(key), post, joined_on=left - timedelta(days=4)))
    yield from successors


def successor_of(key: str) -> str:
    """The key of who takes a leaver's seat."""
    return f"{key}-b"


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.isoweekday() - 5))


def positions() -> tuple[Position, ...]:
    """One position per post."""
    return tuple(Position(f"{p.unit}/{p.name_en}", p.unit, p.name, p.name_en, p.level) for p in POSTS)


def people_of(streams: Streams, first: date, last: date, *, stand_ins: bool) -> tuple[Person, ...]:
    """Everybody, in the order of the posts; with `stand_ins` the expert is not the only one of his kind."""
    taken: set[str] = set()
    leads = {unit: f"{unit}-1" for unit in (post.unit for post in POSTS if post.heads)}
    parents = {unit.key: unit.parent for unit in UNITS}
    found = []
    for number, seat in enumerate(seats(first, last)):
        chance = streams.of(f"person/{seat.key}")
        found.append(_person(chance, seat, number, taken, _manager(seat, leads, parents), stand_ins))
    return tuple(found)


def _manager(seat: Seat, leads: Mapping[str, str], parents: Mapping[str, str | None]) -> str | None:
    unit: str | None = seat.post.unit
    if seat.post.heads:
        unit = parents[seat.post.unit]
    while unit is not None and leads.get(unit) in (None, seat.key):
        unit = parents[unit]
    return leads[unit] if unit is not None else None


def _person(
    chance: Chance, seat: Seat, number: int, taken: set[str], manager: str | None, stand_ins: bool
) -> Person:
    post, name = seat.post, _name(chance, seat.key)
    territory = (post.unit,) if any(t.key == post.unit for t in TERRITORIES) else ()
    return Person(
        key=seat.key,
        family_name=name.family,
        given_name=name.given,
        latin_name=" ".join(part.capitalize() for part in reversed(name.latin)),
        email=_address(name, taken),
        phone=f"+86 574 1000 {8000 + number}",
        unit=post.unit,
        position=f"{post.unit}/{post.name_en}",
        reports_to=manager,
        seniority=chance.randint(*post.seniority),
        calendar=post.calendar,
        skills=_skills(chance, seat, stand_ins),
        languages=_languages(chance, seat),
        territories=territory,
        roles=post.roles,
        takes_work=post.takes_work and seat.left_on is None,
        joined_on=seat.joined_on,
        left_on=seat.left_on,
    )


def _name(chance: Chance, key: str) -> Name:
    if key == EXPERT:
        return EXPERT_NAME
    return foreign_name(chance, CULTURES[key]) if key in CULTURES else chinese_name(chance)


def _address(name: Name, taken: set[str]) -> str:
    local = f"{name.latin[1]}.{name.latin[0]}"
    free = next(a for a in (local, *(f"{local}{n}" for n in range(2, 99))) if a not in taken)
    taken.add(free)
    return f"{free}@{DOMAIN}"


def _skills(chance: Chance, seat: Seat, stand_ins: bool) -> dict[str, int]:
    post = seat.post
    known = chance.sample(post.families, min(post.knows, len(post.families)))
    skills = {family: chance.randint(*post.levels) for family in FAMILY_CODES if family in known}
    sells = post.roles[-1] == "representative" and post.unit.split("-")[0] in SELLERS
    if sells and chance.hit(0.5):
        skills["magnetic"] = chance.randint(1, 3)
    if seat.key == EXPERT or (stand_ins and seat.key in STAND_INS):
        skills["magnetic"] = 5 if seat.key == EXPERT else 4
    for industry in chance.sample([i.code for i in INDUSTRIES], post.industries):
        skills[industry] = chance.randint(2, 5)
    return skills | {craft: min(5, chance.randint(2, 3) + post.seniority[1] // 2) for craft in post.crafts}


def _languages(chance: Chance, seat: Seat) -> dict[str, int]:
    levels = {"zh": 2 if seat.key in CULTURES else 5}
    for language in LANGUAGES.get(seat.key, ()):
        levels[language] = chance.randint(4, 5)
    if "en" not in levels and chance.hit(0.8):
        levels["en"] = chance.randint(1, 4)
    return levels


def capacities_of(people: tuple[Person, ...]) -> tuple[Capacity, ...]:
    """How much open work of each kind those who take work may hold; more with seniority."""
    return tuple(
        Capacity(person.key, kind, round(limit * (0.8 + 0.1 * person.seniority)))
        for person in people
        if person.takes_work
        for kind, limit in LIMITS.items()
    )
