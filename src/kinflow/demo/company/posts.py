"""The posts of the company: how many people hold each, what they can, and when they work."""

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

    `families` are the pump families a holder may know, `knows` how many of them, `levels` the lowest and highest level.
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
    focus: float = 0.7
    takes_work: bool = True
    foreign: str = field(default="")


def _head(unit: str, name: str, name_en: str, level: int, **rest: object) -> Post:
    given: dict[str, object] = {"roles": LEAD, "seniority": (4, 5), "focus": 0.5, "takes_work": False} | rest
    return Post(unit, name, name_en, level, heads=True, **given)  # type: ignore[arg-type]


def _team(
    unit: str, title: str, title_en: str, count: int, families: tuple[str, ...] = ALL
) -> tuple[Post, Post]:
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
        focus=0.6,
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


SALES = (
    _head("sales", "销售副总裁", "Vice president sales", 2, seniority=(5, 5)),
    _head("east", "华东大区经理", "Regional head East", 3),
    *_team("east-zhejiang", "区域销售", "Sales representative", 4),
    *_team("east-jiangsu", "区域销售", "Sales representative", 4),
    *_team("east-coast", "区域销售", "Sales representative", 3),
    _head("north", "北方大区经理", "Regional head North", 3),
    *_team("north-capital", "区域销售", "Sales representative", 4),
    *_team("north-west", "区域销售", "Sales representative", 3),
    _head("south", "华南大区经理", "Regional head South", 3),
    *_team("south-delta", "区域销售", "Sales representative", 4),
    *_team("south-inland", "区域销售", "Sales representative", 3),
    _head("overseas", "海外部经理", "Head of overseas", 3, calendar="overseas-day"),
    Post(
        "overseas-europe",
        "欧美区主管",
        "Team lead Europe and Americas",
        roles=LEAD + REP,
        heads=True,
        seniority=(4, 4),
        crafts=("negotiation", "tendering"),
        knows=6,
        levels=(2, 5),
        industries=3,
        calendar="hamburg",
        languages=("en", "de"),
        foreign="german",
    ),
    Post(
        "overseas-europe",
        "海外销售（欧美）",
        "Export sales, Europe and Americas",
        count=3,
        knows=4,
        industries=2,
        calendar="hamburg",
        languages=("en", "es"),
        foreign="spanish",
    ),
    Post(
        "overseas-asia",
        "亚非区主管",
        "Team lead Asia and Africa",
        roles=LEAD + REP,
        heads=True,
        seniority=(3, 4),
        crafts=("negotiation",),
        knows=5,
        levels=(2, 5),
        industries=3,
        calendar="overseas-day",
        languages=("en", "ru"),
    ),
    Post(
        "overseas-asia",
        "海外销售（亚非）",
        "Export sales, Asia and Africa",
        count=4,
        knows=4,
        industries=2,
        calendar="overseas-day",
        languages=("en",),
    ),
    _head("key-accounts", "大客户总监", "Head of key accounts", 3),
    *_team("key-energy", "大客户经理", "Key account manager", 2, PROCESS_PUMPS),
    *_team("key-water", "大客户经理", "Key account manager", 2, WET),
    _head("inside", "内勤销售经理", "Head of inside sales", 3),
    Post(
        "lead-desk",
        "线索组长",
        "Lead desk team lead",
        roles=LEAD + REP,
        heads=True,
        seniority=(3, 4),
        crafts=("lead-triage", "quoting"),
        knows=3,
        levels=(1, 3),
        focus=0.75,
    ),
    Post(
        "lead-desk",
        "线索专员",
        "Lead specialist",
        count=3,
        crafts=("lead-triage",),
        knows=2,
        levels=(1, 3),
        focus=0.75,
        languages=("en",),
    ),
    Post(
        "order-desk",
        "商务组长",
        "Order desk team lead",
        roles=LEAD + REP,
        heads=True,
        seniority=(3, 4),
        crafts=("quoting", "contract-review"),
        knows=3,
        levels=(2, 3),
        focus=0.6,
    ),
    Post(
        "order-desk",
        "商务专员",
        "Order specialist",
        count=3,
        crafts=("quoting",),
        knows=3,
        levels=(1, 3),
        focus=0.6,
    ),
)
MARKETING = (
    _head("marketing", "市场总监", "Head of marketing", 2, roles=LEAD + MARKETER),
    Post(
        "marketing-digital",
        "数字营销经理",
        "Digital marketing lead",
        roles=LEAD + MARKETER,
        heads=True,
        seniority=(3, 4),
        crafts=("campaigns",),
    ),
    Post(
        "marketing-digital",
        "数字营销专员",
        "Digital marketer",
        count=2,
        roles=MARKETER,
        crafts=("campaigns",),
    ),
    Post(
        "marketing-fairs",
        "会展经理",
        "Trade fair lead",
        roles=LEAD + MARKETER,
        heads=True,
        seniority=(3, 4),
        crafts=("fairs",),
    ),
    Post("marketing-fairs", "会展专员", "Trade fair specialist", roles=MARKETER, crafts=("fairs",)),
)
TECHNICAL = (
    _head("technical", "技术副总裁", "Vice president engineering", 2, seniority=(5, 5)),
    Post(
        "engineering",
        "选型工程部经理",
        "Head of application engineering",
        3,
        roles=LEAD + AGENT,
        heads=True,
        seniority=(4, 5),
        crafts=("sizing", "failure-analysis"),
        knows=7,
        levels=(3, 5),
        focus=0.55,
    ),
    Post(
        "engineering",
        "磁力泵主任工程师",
        "Principal engineer, magnetic drive pumps",
        roles=AGENT,
        seniority=(5, 5),
        crafts=("sizing", "failure-analysis", "cost-pricing"),
        families=("chemical-process",),
        knows=1,
        levels=(4, 4),
        focus=0.9,
    ),
    Post(
        "engineering",
        "选型工程师",
        "Application engineer",
        count=5,
        roles=AGENT,
        seniority=(2, 4),
        crafts=("sizing",),
        knows=5,
        levels=(3, 5),
        focus=0.6,
    ),
    Post(
        "pricing",
        "核价主管",
        "Pricing lead",
        roles=LEAD + REP,
        heads=True,
        seniority=(3, 4),
        crafts=("cost-pricing",),
        knows=4,
        levels=(3, 4),
        focus=0.6,
    ),
    Post(
        "pricing",
        "核价员",
        "Pricing specialist",
        count=2,
        crafts=("cost-pricing",),
        knows=4,
        levels=(2, 4),
        focus=0.6,
    ),
    Post(
        "quality",
        "质量部经理",
        "Head of quality",
        3,
        roles=LEAD + AGENT,
        heads=True,
        seniority=(4, 4),
        crafts=("failure-analysis",),
        knows=5,
        levels=(3, 4),
        focus=0.6,
    ),
    Post(
        "quality",
        "质量工程师",
        "Quality engineer",
        count=2,
        roles=AGENT,
        seniority=(2, 4),
        crafts=("failure-analysis",),
        knows=5,
        levels=(2, 4),
        focus=0.6,
    ),
)
SERVICE = (
    _head("service", "服务副总裁", "Vice president service", 2, seniority=(5, 5)),
    _head("contact-centre", "客户联络部经理", "Head of the contact centre", 3),
    Post(
        "hotline",
        "热线组长",
        "Hotline team lead",
        roles=LEAD + AGENT,
        heads=True,
        seniority=(3, 4),
        crafts=("hotline",),
        knows=5,
        levels=(1, 3),
        calendar="hotline-early",
        focus=0.9,
    ),
    Post(
        "hotline",
        "热线专员（早班）",
        "Hotline agent, early shift",
        count=2,
        roles=AGENT,
        crafts=("hotline",),
        knows=4,
        levels=(1, 3),
        calendar="hotline-early",
        focus=0.9,
    ),
    Post(
        "hotline",
        "热线专员（晚班）",
        "Hotline agent, late shift",
        count=2,
        roles=AGENT,
        crafts=("hotline",),
        knows=4,
        levels=(1, 3),
        calendar="hotline-late",
        focus=0.9,
    ),
    Post(
        "dispatch",
        "调度主管",
        "Dispatch lead",
        roles=LEAD + AGENT,
        heads=True,
        seniority=(3, 4),
        crafts=("dispatching",),
        focus=0.6,
    ),
    Post("dispatch", "调度员", "Dispatcher", roles=AGENT, crafts=("dispatching",), focus=0.6),
    _head(
        "field-service", "现场服务部经理", "Head of field service", 3, roles=LEAD + AGENT, calendar="field"
    ),
    Post(
        "service-planning",
        "服务计划主管",
        "Service planning lead",
        roles=LEAD + AGENT,
        heads=True,
        seniority=(3, 4),
        crafts=("visit-planning",),
        focus=0.6,
    ),
    Post(
        "service-planning",
        "服务计划员",
        "Service planner",
        roles=AGENT,
        crafts=("visit-planning",),
        focus=0.6,
    ),
    *(
        Post(
            f"technicians-{region}",
            "技师长" if heads else "现场技师",
            "Lead technician" if heads else "Field technician",
            count=count,
            roles=LEAD + AGENT if heads else AGENT,
            heads=heads,
            seniority=(3, 4) if heads else (1, 4),
            crafts=("seal-repair", "alignment", "electrical"),
            families=(*ALL, "magnetic"),
            knows=6,
            levels=(1, 5),
            calendar="field",
            focus=0.85,
        )
        for region, number in (("east", 3), ("north", 3), ("south", 3))
        for heads, count in ((True, 1), (False, number))
    ),
    Post(
        "workshop",
        "维修车间主任",
        "Workshop head",
        3,
        roles=LEAD + AGENT,
        heads=True,
        seniority=(4, 4),
        crafts=("seal-repair", "failure-analysis"),
        knows=7,
        levels=(3, 5),
        calendar="field",
        focus=0.7,
    ),
    Post(
        "workshop",
        "维修技师",
        "Repair mechanic",
        count=3,
        roles=AGENT,
        crafts=("seal-repair",),
        families=(*ALL, "magnetic"),
        knows=6,
        levels=(2, 5),
        calendar="field",
        focus=0.9,
    ),
    _head("spare-parts", "备件部经理", "Head of spare parts", 3, roles=LEAD + AGENT),
    Post(
        "parts-shop",
        "备件商城主管",
        "Parts shop lead",
        roles=LEAD + REP,
        heads=True,
        seniority=(3, 4),
        crafts=("spare-parts", "quoting"),
        knows=5,
        levels=(2, 4),
        focus=0.75,
    ),
    Post(
        "parts-shop",
        "备件销售",
        "Parts sales clerk",
        count=3,
        crafts=("spare-parts", "quoting"),
        knows=5,
        levels=(1, 4),
        focus=0.75,
    ),
    Post(
        "parts-store",
        "备件库管",
        "Storekeeper",
        count=2,
        roles=AGENT,
        crafts=("spare-parts",),
        calendar="store",
        focus=0.7,
    ),
)
FINANCE = (
    _head("finance", "财务副总裁", "Chief financial officer", 2, roles=LEAD + AUDITOR, seniority=(5, 5)),
    Post(
        "credit",
        "信用控制主管",
        "Credit control lead",
        3,
        roles=LEAD,
        heads=True,
        seniority=(3, 4),
        crafts=("credit-check",),
        focus=0.6,
    ),
    Post("credit", "信用专员", "Credit analyst", roles=AUDITOR, crafts=("credit-check",), focus=0.6),
    Post(
        "contracts",
        "合同管理主管",
        "Contracts lead",
        3,
        roles=LEAD,
        heads=True,
        seniority=(4, 4),
        crafts=("contract-review",),
        focus=0.7,
    ),
    Post("administration", "系统管理员", "System administrator", roles=ADMIN, heads=True, seniority=(3, 4)),
    Post("administration", "内审员", "Internal auditor", roles=AUDITOR, seniority=(3, 4), takes_work=False),
)
POSTS = (
    _head("company", "总裁", "Chief executive officer", 1, roles=LEAD, seniority=(5, 5), focus=0.3),
    Post(
        "company",
        "流程与组织总监",
        "Head of processes",
        2,
        roles=PROCESS,
        seniority=(4, 4),
        takes_work=False,
        focus=0.5,
    ),
    *SALES,
    *MARKETING,
    *TECHNICAL,
    *SERVICE,
    *FINANCE,
)
