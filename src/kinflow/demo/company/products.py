"""What the company sells: pumps by family and size, and spare parts for them."""

from collections.abc import Iterator

from .facts import Pipeline, Product

_PUMPS: dict[str, tuple[str, str, str, tuple[tuple[str, float], ...]]] = {
    "boiler-feed": (
        "JDG",
        "多级锅炉给水泵",
        "Multistage boiler feed pump",
        (("25-30×8", 38_600), ("46-50×10", 86_500), ("85-80×9", 168_000), ("150-100×11", 356_000)),
    ),
    "magnetic": (
        "JCM",
        "不锈钢磁力驱动泵",
        "Stainless magnetic drive pump",
        (("40-25-160", 17_800), ("50-32-200", 29_600), ("80-65-160", 46_900), ("100-80-250H", 112_000)),
    ),
    "sewage": (
        "JWQ",
        "潜水排污泵",
        "Submersible sewage pump",
        (("50-15-2.2", 3_980), ("100-20-11", 13_600), ("200-18-30", 36_800), ("350-15-90", 128_000)),
    ),
    "chemical-process": (
        "JCZ",
        "石油化工流程泵",
        "Chemical process pump",
        (("40-200", 26_800), ("65-250", 48_500), ("100-315", 92_000), ("200-400", 218_000)),
    ),
    "sanitary": (
        "JSP",
        "卫生级离心泵",
        "Sanitary centrifugal pump",
        (("5-24", 6_800), ("20-36", 13_900), ("50-40", 26_500), ("100-50", 52_000)),
    ),
    "booster": (
        "JBS",
        "变频恒压供水设备",
        "Variable-speed booster set",
        (("2×8-40", 32_800), ("3×16-60", 68_900), ("3×32-80", 126_000), ("4×64-100", 268_000)),
    ),
    "fire": (
        "JXF",
        "立式消防泵组",
        "Vertical fire pump set",
        (("5.0/20G", 18_600), ("8.0/40G", 42_500), ("12.0/60G", 96_000), ("柴油机 14.0/80", 236_000)),
    ),
    "slurry": (
        "JZJ",
        "卧式渣浆泵",
        "Horizontal slurry pump",
        (("50-40", 21_500), ("100-50", 47_800), ("150-60", 89_000), ("200-70", 176_000)),
    ),
    "metering": (
        "JDM",
        "隔膜计量泵",
        "Diaphragm metering pump",
        (("60/1.0", 4_600), ("240/0.8", 8_900), ("1000/1.6", 23_800), ("2500/2.5", 58_000)),
    ),
    "circulation": (
        "JGR",
        "热水循环泵",
        "Hot water circulation pump",
        (("50-160", 4_200), ("80-200", 9_800), ("125-250", 24_600), ("200-315", 61_500)),
    ),
}
_PARTS: tuple[tuple[str, str, str, str, float, str], ...] = (
    ("MS-108-35", "机械密封 108-35", "Mechanical seal 108-35", "sewage", 380, "piece"),
    ("MS-208-65", "集装式机械密封 208-65", "Cartridge seal 208-65", "chemical-process", 4_860, "piece"),
    ("MS-BF-80", "高压机械密封 BF-80", "High-pressure seal BF-80", "boiler-feed", 7_200, "piece"),
    ("IMP-JCZ-65", "叶轮 JCZ65-250", "Impeller JCZ65-250", "chemical-process", 3_650, "piece"),
    ("IMP-JWQ-100", "叶轮 JWQ100", "Impeller JWQ100", "sewage", 980, "piece"),
    ("LIN-JZJ-100", "高铬护套 JZJ100", "High-chrome liner JZJ100", "slurry", 5_400, "piece"),
    ("SLV-JCM-SIC", "碳化硅轴套 JCM", "Silicon carbide sleeve JCM", "magnetic", 1_280, "set"),
    ("MAG-JCM-80", "内外磁转子 JCM80", "Magnet coupling JCM80", "magnetic", 9_600, "set"),
    ("BRG-6309", "轴承 6309 套件", "Bearing kit 6309", "circulation", 260, "set"),
    ("BRG-JDG", "平衡盘组件 JDG", "Balance disc kit JDG", "boiler-feed", 4_300, "set"),
    ("DIA-JDM", "PTFE 隔膜组件 JDM", "PTFE diaphragm kit JDM", "metering", 690, "set"),
    ("VFD-JBS-15", "变频器 15 kW", "Frequency converter 15 kW", "booster", 6_900, "piece"),
    ("PLC-JBS", "供水控制器", "Booster controller", "booster", 3_200, "piece"),
    ("GSK-JSP", "食品级垫圈包", "Food-grade gasket kit", "sanitary", 180, "set"),
    ("CPL-JXF", "弹性联轴器 JXF", "Flexible coupling JXF", "fire", 560, "piece"),
)
PIPELINES = (
    Pipeline(
        "project",
        "Sales",
        "销售",
        (
            ("confirm", "Confirm need", "线索确认", 10),
            ("analyse", "Analyse need", "需求分析", 25),
            ("design", "Design solution", "方案设计", 40),
            ("quote", "Quote", "报价", 60),
            ("negotiate", "Negotiate", "谈判", 80),
        ),
        is_default=True,
    ),
    Pipeline(
        "parts",
        "Spare parts",
        "备件销售",
        (("enquiry", "Enquiry", "询价", 40), ("offer", "Offer", "报价", 65), ("order", "Order", "下单", 90)),
    ),
)


def products() -> tuple[Product, ...]:
    """Forty pumps and fifteen spare parts."""
    return (*_pumps(), *_parts())


def _pumps() -> Iterator[Product]:
    for family, (series, name_zh, name, sizes) in _PUMPS.items():
        for size, price in sizes:
            latin = size.replace("柴油机", "Diesel")
            code = f"{series}{latin}".replace("×", "x").replace(" ", "-")
            yield Product(
                code,
                code,
                f"{name} {series} {latin}",
                f"{name_zh} {series}{size}",
                family,
                family,
                price,
                "unit",
            )


def _parts() -> Iterator[Product]:
    for code, name_zh, name, family, price, unit in _PARTS:
        yield Product(code, code, name, name_zh, "spare-parts", family, price, unit)
