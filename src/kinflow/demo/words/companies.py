"""The parts that company names are made of, by industry, in Chinese, English and some other languages."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

BRAND_FIRST = """
海 hai 华 hua 中 zhong 鑫 xin 宏 hong 恒 heng 瑞 rui 泰 tai 润 run 金 jin 盛 sheng 永 yong 兴 xing 隆 long 嘉 jia 诚 cheng
德 de 正 zheng 东 dong 新 xin 丰 feng 康 kang 安 an 裕 yu 祥 xiang 泽 ze 沃 wo 佳 jia 立 li 凯 kai 博 bo 远 yuan 科 ke
创 chuang 鸿 hong 振 zhen 荣 rong 顺 shun 联 lian 众 zhong 三 san 双 shuang 普 pu 奥 ao 天 tian 亿 yi 百 bai 广 guang 森 sen
"""
BRAND_SECOND = """
天 tian 达 da 泰 tai 源 yuan 盛 sheng 通 tong 力 li 隆 long 润 run 诚 cheng 信 xin 洋 yang 宇 yu 邦 bang 晟 sheng 林 lin
辰 chen 峰 feng 业 ye 川 chuan 和 he 翔 xiang 升 sheng 科 ke 特 te 鼎 ding 康 kang 安 an 新 xin 能 neng 凌 ling 澳 ao 博 bo
锐 rui 腾 teng 昌 chang 茂 mao 利 li 成 cheng 航 hang 旺 wang 宝 bao 明 ming 光 guang 桥 qiao 湾 wan 石 shi 岳 yue 禾 he
"""
INDUSTRIES: dict[str, tuple[float, str, str]] = {
    # industry: weight, Chinese trades with their English after each, and endings abroad
    "power": (
        7,
        "热电 Thermal Power|生物质发电 Biomass Power|能源 Energy|环保能源 Waste-to-Energy|热力 District Heating",
        "Energy|Power Systems|Heat & Power",
    ),
    "water": (
        13,
        "水务 Water|污水处理 Wastewater Treatment|环保科技 Environmental Technology|市政工程 Municipal Engineering|"
        "环境工程 Environmental Engineering|自来水 Waterworks",
        "Water Technologies|Environmental|Water Services",
    ),
    "chemical": (
        15,
        "化工 Chemical|精细化工 Fine Chemicals|新材料 New Materials|树脂 Resins|化学 Chemicals|农药 Agrochemicals|涂料 Coatings",
        "Chemicals|Specialty Chemicals|Polymers",
    ),
    "food": (
        8,
        "食品 Foods|饮料 Beverages|乳业 Dairy|酿造 Brewing|油脂 Edible Oils|调味品 Seasonings",
        "Foods|Dairy|Beverages",
    ),
    "pharma": (
        6,
        "制药 Pharmaceutical|生物科技 Biotech|药业 Pharma|原料药 Active Ingredients",
        "Pharma|Biotech|Life Sciences",
    ),
    "paper": (4, "纸业 Paper|包装纸业 Packaging Paper|特种纸 Specialty Paper", "Paper|Packaging"),
    "mining": (
        7,
        "矿业 Mining|选矿 Mineral Processing|钢铁 Steel|有色金属 Nonferrous Metals|铸造 Foundry|铜业 Copper",
        "Minerals|Mining Supplies|Metals",
    ),
    "building": (
        13,
        "建筑安装 Construction|消防工程 Fire Engineering|机电安装 Mechanical and Electrical|物业管理 Property Services|"
        "给排水设备 Plumbing Equipment|暖通工程 Heating and Ventilation",
        "Building Services|Fire Systems|Facilities",
    ),
    "marine": (4, "船舶 Shipbuilding|海洋工程 Offshore|船舶配套 Marine Equipment", "Marine|Shipyard"),
    "oil": (
        5,
        "石化 Petrochemical|油气 Oil and Gas|石油设备 Petroleum Equipment",
        "Oil & Gas|Petro Services",
    ),
    "textile": (
        6,
        "印染 Dyeing|纺织 Textile|化纤 Synthetic Fibre|染整 Finishing",
        "Textiles|Dyeing & Finishing",
    ),
    "trade": (
        9,
        "机电设备 Electromechanical|泵阀 Pumps and Valves|流体设备 Fluid Equipment|贸易 Trading|工业自动化 Automation",
        "Pump Supplies|Trading|Industrial Equipment",
    ),
    "other": (
        6,
        "机械 Machinery|电子 Electronics|汽车零部件 Auto Parts|电镀 Electroplating|新能源 New Energy|玻璃 Glass",
        "Machinery|Engineering|Industries",
    ),
}
SUFFIXES = (
    ("有限公司", 78.0),
    ("股份有限公司", 8.0),
    ("集团有限公司", 5.0),
    ("有限责任公司", 6.0),
    ("科技有限公司", 3.0),
)

FOREIGN_STEMS: dict[str, str] = {
    "german": "Nordwerk|Hansatec|Rheinau|Elbtal|Weserkraft|Lahnstein|Brockmann|Ostertal|Kranich|Silberberg|Mainflut|Harzer",
    "spanish": "Aguaviva|Iberflux|Montesol|Levantina|Río Claro|Cordillera|Hidrosur|Sierra Azul|Costaverde|Andamar|Pacífica|Norteña",
    "italian": "Acquaforte|Lombarda|Idromec|Fluitec|Valsesia|Adriana|Tecnopompe|Emiliana",
    "dutch": "Waterlinie|Noordzee|Maasvlak|Polderland|Delta Werk|Brugman",
    "polish": "Wisłopol|Baltyk|Hydromet|Karpatia|Polwoda|Mazovia",
    "english": "Northgate|Redwood|Millbrook|Ashford|Clearwater|Stonebridge|Kestrel|Harborview|Lakeshore|Fairfield|Oakdale|Ironbridge",
    "portuguese": "Águas Claras|Bandeira|Paraná|Serra Nova|Tropical|Ipê",
    "russian": "Uralpromtech|Sibneft Servis|Volgahim|Nordstal|Promvoda|Metallist|Permenergo|Tagilmash|Kamagidro|Stroyresurs",
    "kazakh": "Altyn|Karatau|Caspian Steppe|Saryarka|Zhetysu",
    "korean": "Hanbit|Daesung|Samho|Dongyang|Sejin|Haneul|Kumgang|Taeyoung|Namsan|Woojin",
    "japanese": "Kitagawa|Minato|Asahida|Tokaido|Fujimori|Hamanaka",
    "vietnamese": "Hong Ha|Dai Phat|Song Da Xanh|Minh Long|Thanh Cong|Viet Tien Phat",
    "thai": "Siam Charoen|Thonburi|Rungrueng|Chao Phraya|Eastern Star",
    "malay": "Maju Jaya|Sentosa|Borneo|Nusantara|Cahaya|Mitra Abadi|Selat",
    "indian": "Shakti|Narmada|Ganesh|Sagar|Deccan|Surya|Vindhya|Kaveri",
    "arabic": "Al Noor|Gulf Horizon|Red Sea|Al Waha|Desert Star|Al Bahr|Najd|Al Jazeera Line",
    "turkish": "Anadolu Su|Marmara|Ege Pompa|Toros|Bosfor",
    "african": "Highveld|Karoo|Umgeni|Savanna|Drakens",
}
FOREIGN_FORMS: dict[str, str] = {
    "DE": "GmbH|GmbH & Co. KG|AG",
    "ES": "S.L.|S.A.",
    "IT": "S.r.l.|S.p.A.",
    "NL": "B.V.",
    "PL": "Sp. z o.o.",
    "GB": "Ltd|plc",
    "US": "Inc.|LLC|Corp.",
    "MX": "S.A. de C.V.",
    "CL": "SpA|Ltda.",
    "PE": "S.A.C.",
    "BR": "Ltda.|S.A.",
    "RU": "LLC|JSC",
    "KZ": "LLP",
    "KR": "Co., Ltd.",
    "JP": "Co., Ltd.|K.K.",
    "VN": "JSC|Co., Ltd.",
    "TH": "Co., Ltd.",
    "ID": "PT",
    "MY": "Sdn Bhd",
    "IN": "Pvt Ltd|Ltd",
    "AE": "LLC|FZE",
    "SA": "Co.|Est.",
    "EG": "S.A.E.",
    "TR": "A.Ş.|Ltd. Şti.",
    "ZA": "(Pty) Ltd",
}
JOB_TITLES: tuple[tuple[str, str, str, str, float], ...] = (
    # Chinese title, department, English title, department, weight
    ("采购经理", "采购部", "Purchasing manager", "Purchasing", 14),
    ("采购员", "采购部", "Buyer", "Purchasing", 14),
    ("设备主管", "设备部", "Equipment supervisor", "Maintenance", 12),
    ("设备工程师", "设备部", "Maintenance engineer", "Maintenance", 12),
    ("机修班长", "机修车间", "Maintenance foreman", "Workshop", 9),
    ("生产厂长", "生产部", "Plant manager", "Production", 6),
    ("工艺工程师", "工艺技术部", "Process engineer", "Engineering", 7),
    ("项目经理", "项目部", "Project manager", "Projects", 9),
    ("总工程师", "技术中心", "Chief engineer", "Engineering", 4),
    ("动力车间主任", "动力车间", "Utilities manager", "Utilities", 4),
    ("总经理", "总经办", "Managing director", "Management", 5),
    ("仓库主管", "仓储部", "Warehouse supervisor", "Warehouse", 3),
    ("安环部经理", "安环部", "Safety and environment manager", "Safety", 2),
)
