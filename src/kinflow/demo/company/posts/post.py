"""What a post is: how many people hold it, what they can, and when they work."""

from dataclasses import dataclass, field

REP, LEAD, AGENT, MARKETER = ("representative",), ("team_lead",), ("service_agent",), ("marketer",)
PROCESS, ADMIN, AUDITOR = ("process_owner",), ("administrator",), ("auditor",)
WET = ("sewage", "booster", "fire", "circulation", "slurry")
PROCESS_PUMPS = ("chemical-process", "metering", "boiler-feed", "circulation", "slurry")
HYGIENIC = ("sanitary", "metering", "circulation", "booster")
ALL = (
    "boiler-feed",
    "sewage",
    "chemical-process",
    "sanitary",
    "booster",
    "fire",
    "slurry",
    "metering",
    "circulation",
)


@dataclass(frozen=True)
class Post:
    """A post: its unit, names, level, number of holders and their profile.

    `families` are the pump families a holder may know, `knows` how many of them, `levels` how well.
    `focus` is the share of working time that goes into work the log knows of.
    """

    unit: str
    name: str
    name_en: str
    level: int = 4
    count: int = 1
    roles: tuple[str, ...] = REP
    heads: bool = False
    seniority: tuple[int, int] = (1, 3)
    crafts: tuple[str, ...] = ()
    families: tuple[str, ...] = ALL
    knows: int = 0
    levels: tuple[int, int] = (1, 4)
    industries: int = 0
    calendar: str = "office"
    languages: tuple[str, ...] = ("en",)
    focus: float = 0.5
    takes_work: bool = True
    foreign: str = field(default="")


def head(unit: str, name: str, name_en: str, level: int, **rest: object) -> Post:
    """The head of a unit, who takes no work from the lists."""
    given: dict[str, object] = {"roles": LEAD, "seniority": (4, 5), "focus": 0.4, "takes_work": False} | rest
    return Post(unit, name, name_en, level, heads=True, **given)  # type: ignore[arg-type]


def team(
    unit: str, title: str, title_en: str, count: int, families: tuple[str, ...] = ALL
) -> tuple[Post, Post]:
    """A sales team: its lead, who sells too, and so many representatives."""
    crafts = ("negotiation", "tendering")
    lead = Post(
        unit,
        f"{title}组长",
        f"{title_en} team lead",
        4,
        roles=LEAD + REP,
        heads=True,
        seniority=(3, 4),
        crafts=crafts,
        families=families,
        knows=5,
        levels=(2, 5),
        industries=3,
        focus=0.45,
    )
    reps = Post(
        unit,
        title,
        title_en,
        4,
        count,
        seniority=(1, 4),
        crafts=crafts[:1],
        families=families,
        knows=4,
        industries=2,
    )
    return lead, reps
