"""What people can: pump families, industries, crafts; and the territories they look after."""

from .facts import Skill, Territory

FAMILIES = (
    Skill("boiler-feed", "锅炉给水泵", "Boiler feed pumps", "product"),
    Skill("magnetic", "磁力驱动泵", "Magnetic drive pumps", "product"),
    Skill("sewage", "污水泵", "Sewage pumps", "product"),
    Skill("chemical-process", "化工流程泵", "Chemical process pumps", "product"),
    Skill("sanitary", "卫生泵", "Sanitary pumps", "product"),
    Skill("booster", "增压供水设备", "Booster sets", "product"),
    Skill("fire", "消防泵", "Fire pumps", "product"),
    Skill("slurry", "渣浆泵", "Slurry pumps", "product"),
    Skill("metering", "计量泵", "Metering pumps", "product"),
    Skill("circulation", "循环泵", "Circulation pumps", "product"),
)
INDUSTRIES = (
    Skill("industry-power", "发电", "Power generation", "industry"),
    Skill("industry-water", "水务与污水", "Water and sewage", "industry"),
    Skill("industry-chemical", "化工", "Chemicals", "industry"),
    Skill("industry-food", "食品饮料", "Food and beverage", "industry"),
    Skill("industry-pharma", "制药", "Pharmaceuticals", "industry"),
    Skill("industry-paper", "造纸", "Pulp and paper", "industry"),
    Skill("industry-mining", "矿业冶金", "Mining and metals", "industry"),
    Skill("industry-building", "建筑与消防", "Building and fire safety", "industry"),
    Skill("industry-marine", "船舶海工", "Shipbuilding and marine", "industry"),
    Skill("industry-oil", "石油天然气", "Oil and gas", "industry"),
    Skill("industry-textile", "纺织印染", "Textiles", "industry"),
    Skill("industry-trade", "贸易与分销", "Trade and distribution", "industry"),
    Skill("industry-other", "其他行业", "Other industries", "industry"),
)
CRAFTS = (
    Skill("lead-triage", "线索甄别", "Lead triage", "craft"),
    Skill("quoting", "报价制作", "Quoting", "craft"),
    Skill("tendering", "投标", "Tendering", "craft"),
    Skill("negotiation", "商务谈判", "Negotiation", "craft"),
    Skill("sizing", "选型计算", "Pump sizing", "craft"),
    Skill("cost-pricing", "成本核价", "Cost pricing", "craft"),
    Skill("failure-analysis", "失效分析", "Failure analysis", "craft"),
    Skill("hotline", "热线接待", "Hotline", "craft"),
    Skill("dispatching", "派工调度", "Dispatching", "craft"),
    Skill("visit-planning", "服务排程", "Visit planning", "craft"),
    Skill("seal-repair", "机封维修", "Seal repair", "craft"),
    Skill("alignment", "对中与测振", "Alignment and vibration", "craft"),
    Skill("electrical", "电控检修", "Electrical control", "craft"),
    Skill("spare-parts", "备件知识", "Spare parts", "craft"),
    Skill("credit-check", "信用审核", "Credit checks", "craft"),
    Skill("contract-review", "合同评审", "Contract review", "craft"),
    Skill("campaigns", "营销策划", "Campaigns", "craft"),
    Skill("fairs", "会展组织", "Trade fairs", "craft"),
)
SKILLS = FAMILIES + INDUSTRIES + CRAFTS
FAMILY_CODES = tuple(skill.code for skill in FAMILIES)

TERRITORIES = (
    Territory("east-zhejiang", "浙江", "Zhejiang", ("CN-ZJ",)),
    Territory("east-jiangsu", "江苏与上海", "Jiangsu and Shanghai", ("CN-JS", "CN-SH")),
    Territory("east-coast", "安徽、江西与福建", "Anhui, Jiangxi and Fujian", ("CN-AH", "CN-JX", "CN-FJ")),
    Territory(
        "north-capital",
        "京津冀鲁晋",
        "Capital region, Shandong and Shanxi",
        ("CN-BJ", "CN-TJ", "CN-HE", "CN-SD", "CN-SX"),
    ),
    Territory(
        "north-west",
        "东北与西北",
        "Northeast and Northwest",
        ("CN-LN", "CN-JL", "CN-HL", "CN-NM", "CN-SN", "CN-GS", "CN-NX", "CN-XJ", "CN-QH"),
    ),
    Territory(
        "south-delta", "广东、广西与海南", "Guangdong, Guangxi and Hainan", ("CN-GD", "CN-GX", "CN-HI")
    ),
    Territory(
        "south-inland",
        "华中与西南",
        "Central China and Southwest",
        ("CN-HA", "CN-HB", "CN-HN", "CN-SC", "CN-CQ", "CN-GZ", "CN-YN"),
    ),
    Territory(
        "overseas-europe",
        "欧洲与美洲",
        "Europe and the Americas",
        ("DE", "ES", "IT", "NL", "PL", "GB", "US", "MX", "CL", "PE", "BR"),
    ),
    Territory(
        "overseas-asia",
        "亚洲、中东与非洲",
        "Asia, Middle East and Africa",
        ("RU", "KZ", "KR", "JP", "VN", "TH", "ID", "MY", "IN", "AE", "SA", "EG", "TR", "ZA"),
    ),
)
