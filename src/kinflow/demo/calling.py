"""The call sheet: which story begins when."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from .company.people import LEAVERS
from .engine import arrivals
from .engine.arrivals import OFFICE_HOURS, ONLINE_HOURS, PLANT_HOURS, SHANGHAI
from .engine.chance import Chance, Weighted
from .engine.loop import Story
from .market.interests import interest_of
from .market.prospects import Prospect, person_of
from .scene import DAY, HOUR, Scene
from .stories import routine
from .stories.care import care_goes_on, care_story
from .stories.cases import case_story
from .stories.customers import get_to_know
from .stories.fridays import weekly_report
from .stories.leads import lead_story
from .stories.parts import parts_story
from .stories.strangers import stranger_story
from .volumes import Volumes
from .words.places import COUNTRIES

HOME_SOURCES = Weighted(
    (
        ("web", 24),
        ("search", 27),
        ("fair", 13),
        ("wecom", 11),
        ("email", 9),
        ("phone", 8),
        ("partner", 5),
        ("referral", 3),
    )
)
SOURCES_ABROAD = Weighted((("web", 34), ("email", 38), ("fair", 12), ("partner", 11), ("referral", 5)))
RETURNING = Weighted((("email", 32), ("phone", 26), ("wecom", 20), ("web", 16), ("referral", 6)))
IMPORTING = 40 * 60
"""How many seconds the import of what was known takes."""
ONLINE = ("web", "search", "wecom")
DESK = ("lead-desk-1", "lead-desk-2", "lead-desk-3", "lead-desk-4")
MARKETERS = ("marketing-digital-2", "marketing-digital-3", "marketing-fairs-1", "marketing-fairs-2")
Tell = Callable[[Scene, Chance, Prospect], Story]


def call_all(scene: Scene, volumes: Volumes, days: int) -> None:
    """Put every story on the call sheet."""
    known, fresh = scene.market.prospects[: volumes.known], scene.market.prospects[volumes.known :]
    for prospect in known:
        chance = scene.streams.of(f"known/{prospect.key}")
        scene.loop.at(
            scene.loop.now + int(chance.random() * IMPORTING), routine.import_known, scene, chance, prospect
        )
    _call_business(scene, volumes, fresh, days)
    chance = scene.streams.of("acquaintances")
    for prospect in scene.market.prospects:
        _call_acquaintances(scene, chance, prospect, days)


def call_on(scene: Scene, volumes: Volumes, known: int, days: int) -> None:
    """Put on the call sheet what comes to a company that knows the first so many of its market already."""
    prospects = scene.market.prospects
    for prospect in prospects[:known]:
        scene.loop.begin(care_goes_on(scene, scene.streams.of(f"care/{prospect.key}"), prospect))
    _call_business(scene, volumes, prospects[known:], days)
    chance = scene.streams.of("acquaintances")
    for prospect in prospects[known:]:
        _call_acquaintances(scene, chance, prospect, days)
    for _person in range(volumes.acquaintances if known else 0):
        prospect = chance.pick(prospects[:known])
        prospect.people.append(person_of(chance, prospect.company))
        at = scene.after(chance.uniform(0, days))
        scene.loop.at(at, _acquaint, scene, prospect, len(prospect.people) - 1)


def _call_business(scene: Scene, volumes: Volumes, fresh: list[Prospect], days: int) -> None:
    """What comes in day by day, whoever was known before."""
    _call_fresh(scene, fresh, days)
    _call_strangers(scene, days)
    _call_returning(scene, volumes.returning, days)
    _call_owners(scene, days, "cases", volumes.cases, PLANT_HOURS, 0.3, case_story)
    _call_owners(scene, days, "parts", volumes.parts, OFFICE_HOURS, 0.06, parts_story)
    _call_routine(scene, volumes, days)


def moments(scene: Scene, chance: Chance, count: int, days: int, **how: Any) -> list[int]:
    """When so many things come in during the days that the scene begins with."""
    how.setdefault("growth", scene.growth)
    return arrivals.moments(chance, count, scene.first, days, begin=scene.loop.now, **how)


def _call_fresh(scene: Scene, fresh: list[Prospect], days: int) -> None:
    """Companies we do not know yet come with a first interest, each from its place and by its way."""
    chance = scene.streams.of("fresh")
    groups: dict[tuple[str, str], list[Prospect]] = {}
    for prospect in fresh:
        source = (HOME_SOURCES if prospect.home else SOURCES_ABROAD).pick(chance)
        groups.setdefault((source, prospect.company.country), []).append(prospect)
    for (source, country), prospects in groups.items():
        if source == "fair":
            _call_from_fairs(scene, chance, prospects, days)
            continue
        for prospect, at in zip(
            prospects, _moments(scene, chance, len(prospects), days, source, country), strict=True
        ):
            scene.loop.at(at, _first_interest, scene, prospect, source, "")


def _moments(scene: Scene, chance: Chance, count: int, days: int, source: str, country: str) -> list[int]:
    online = source in ONLINE
    hours = ONLINE_HOURS if online else OFFICE_HOURS
    weekend = 0.6 if online else 0.15 if source == "email" else 0.05
    ahead = 8.0 if country == "CN" else COUNTRIES[country][5]
    return moments(
        scene,
        chance,
        count,
        days,
        hours=hours,
        weekend=weekend,
        country="CN" if country == "CN" else "",
        hours_ahead=ahead,
    )


def _call_from_fairs(scene: Scene, chance: Chance, prospects: list[Prospect], days: int) -> None:
    """Who came to a fair is entered from the stand's list on the evening of the day."""
    held = arrivals.fairs(scene.first, scene.first + timedelta(days=days))
    for prospect in prospects:
        if not held:
            at = scene.loop.now + int(chance.random() * days * DAY)
            scene.loop.at(at, _first_interest, scene, prospect, "web", "")
            continue
        day, length, _name, _name_en = chance.pick(held)
        evening = datetime.combine(day + timedelta(days=chance.randrange(length)), time(19, 30), SHANGHAI)
        at = int(evening.timestamp()) + chance.randrange(2400)
        scene.loop.at(at, _first_interest, scene, prospect, "fair", f"fair-{day:%Y-%m}")


def _first_interest(scene: Scene, prospect: Prospect, source: str, detail: str) -> None:
    chance = scene.streams.of(f"lead/{prospect.key}")
    interest = interest_of(chance, prospect, scene.by_family, source, scene.local.month)
    scene.loop.begin(lead_story(scene, chance, prospect, source, interest, detail))
    scene.loop.begin(care_story(scene, chance, prospect), scene.after(30))


def _call_strangers(scene: Scene, days: int) -> None:
    chance = scene.streams.of("strangers")
    people = scene.market.strangers
    sources = Weighted((("web", 40), ("search", 46), ("wecom", 14)))
    for number, at in enumerate(moments(scene, chance, len(people), days, hours=ONLINE_HOURS, weekend=0.6)):
        story = stranger_story(
            scene, scene.streams.of(f"stranger/{number}"), people[number], sources.pick(chance)
        )
        scene.loop.begin(story, at)


def _call_returning(scene: Scene, count: int, days: int) -> None:
    chance = scene.streams.of("returning")
    by_source: dict[str, int] = {}
    for _lead in range(count):
        source = RETURNING.pick(chance)
        by_source[source] = by_source.get(source, 0) + 1
    number = 0
    for source, times in sorted(by_source.items()):
        for at in _moments(scene, chance, times, days, source, "CN"):
            number += 1
            scene.loop.at(at, _return, scene, source, number)


def _return(scene: Scene, source: str, number: int) -> None:
    """Somebody we know has a need again: the more needs, the likelier; the annoyed rather go elsewhere."""
    chance = scene.streams.of(f"return/{number}")
    for _try in range(60):
        prospect = scene.prospects[chance.pick(scene.known_accounts())]
        if chance.hit(prospect.needs / 4 * (0.6 if prospect.is_lost else 1) / (1 + prospect.annoyance)):
            way = source if prospect.home or source in SOURCES_ABROAD.values else "email"
            interest = interest_of(chance, prospect, scene.by_family, way, scene.local.month)
            scene.loop.begin(lead_story(scene, chance, prospect, way, interest))
            return


def _call_owners(
    scene: Scene, days: int, name: str, count: int, hours: tuple[float, ...], weekend: float, tell: Tell
) -> None:
    chance = scene.streams.of(name)
    for number, at in enumerate(moments(scene, chance, count, days, hours=hours, weekend=weekend)):
        scene.loop.at(at, _owner_calls, scene, f"{name}/{number}", tell)


def _owner_calls(scene: Scene, stream: str, tell: Tell) -> None:
    """Somebody who has pumps of ours needs something: the more pumps, the likelier."""
    chance = scene.streams.of(stream)
    for _try in range(80):
        prospect = scene.prospects[chance.pick(scene.known_accounts())]
        if prospect.known and not prospect.is_lost and chance.hit(len(prospect.installed) / 8):
            scene.loop.begin(tell(scene, chance, prospect))
            return


def _call_acquaintances(scene: Scene, chance: Chance, prospect: Prospect, days: int) -> None:
    """Every person of a company becomes known sooner or later."""
    for number in range(1, len(prospect.people)):
        at = scene.after(chance.uniform(3, days - 4))
        scene.loop.at(at, _acquaint, scene, prospect, number)


def _acquaint(scene: Scene, prospect: Prospect, number: int) -> None:
    """As soon as the company is known itself, somebody more there becomes known."""
    if prospect.key in scene.ledger.accounts:
        chance = scene.streams.of(f"acquaintance/{prospect.key}/{number}")
        scene.loop.begin(get_to_know(scene, chance, prospect, number))
    else:
        remaining = int(scene.now.timestamp()) - scene.loop.now
        scene.loop.at(scene.loop.now + max(3 * DAY, remaining // 3), _acquaint, scene, prospect, number)


def _call_routine(scene: Scene, volumes: Volumes, days: int) -> None:
    chance = scene.streams.of("routine")
    midnight = int(datetime.combine(scene.first, time(), SHANGHAI).timestamp())
    for day in range(days + 1):
        if scene.troubles.weekend_wait:
            for person in DESK:
                _begin_then(scene, midnight + day * DAY + 14 * HOUR, weekly_report(scene, chance, person))
        if day % 2 == 0:
            for person in MARKETERS:
                at = midnight + day * DAY + chance.randint(8, 16) * HOUR
                _begin_then(scene, at, routine.campaign_work(scene, chance, person))
        if day % 30 == 29:
            scene.loop.at(
                midnight + day * DAY + 3 * HOUR, routine.look_for_lost, scene, scene.market.prospects
            )
    for at in moments(scene, chance, volumes.needless_mails, days, hours=PLANT_HOURS, weekend=0.7):
        scene.loop.begin(routine.needless_mail(scene, chance), at)
    for leaver in LEAVERS:
        gone = scene.roster.people[leaver].left_on
        if gone is not None:
            at = int(datetime.combine(gone, time(0, 30), SHANGHAI).timestamp())
            scene.loop.begin(routine.leave(scene, leaver), at)


def _begin_then(scene: Scene, at: int, story: Story) -> None:
    """Let a story of every day begin, unless its moment is over."""
    if at >= scene.loop.now:
        scene.loop.begin(story, at)
