"""What customers need, in their words: by pump family and language."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

from .phrases import Phrases, lines

DUTIES: dict[str, tuple[tuple[float, int], ...]] = {
    # family: flow in m³/h and head in m of the four sizes, from small to big
    "boiler-feed": ((25, 240), (46, 500), (85, 720), (150, 1100)),
    "magnetic": ((6.3, 32), (12.5, 50), (50, 32), (100, 80)),
    "sewage": ((50, 10), (100, 20), (200, 18), (350, 15)),
    "chemical-process": ((20, 50), (50, 80), (120, 125), (300, 50)),
    "sanitary": ((5, 24), (20, 36), (50, 40), (100, 50)),
    "booster": ((16, 40), (48, 60), (96, 80), (256, 100)),
    "fire": ((18, 50), (29, 80), (43, 60), (50, 80)),
    "slurry": ((50, 40), (120, 50), (280, 60), (600, 70)),
    "metering": ((0.06, 100), (0.24, 80), (1, 160), (2.5, 250)),
    "circulation": ((12.5, 32), (50, 50), (160, 20), (300, 32)),
}
MEDIA_ZH: dict[str, str] = {
    "boiler-feed": "除氧水 105℃|软化水|高温给水 150℃|凝结水",
    "magnetic": "30%盐酸|甲苯|98%浓硫酸|二氯甲烷|液氨|氢氟酸混酸|DMF 回收液|丙烯酸",
    "sewage": "生活污水|含纤维的印染废水|雨水泵站来水|工业废水，含少量泥沙|养殖粪水",
    "chemical-process": "烧碱 32%|循环母液|苯乙烯|乙二醇|导热油 260℃|稀硝酸|含固 3% 的浆液",
    "sanitary": "鲜牛奶|果汁|酱油|发酵液|注射用水|糖浆|豆浆|CIP 清洗液",
    "booster": "自来水|生活给水|直饮水",
    "fire": "消防用水",
    "slurry": "铁矿尾矿，浓度 45%|脱硫石膏浆液|洗煤水|金矿矿浆|高炉冲渣水|泥浆",
    "metering": "次氯酸钠|PAC 溶液|PAM 溶液|磷酸三钠|氨水|阻垢剂",
    "circulation": "热水 90℃|冷冻水|冷却循环水|采暖水|乙二醇溶液",
}
MEDIA_EN: dict[str, str] = {
    "boiler-feed": "deaerated water at 105 °C|softened water|condensate",
    "magnetic": "hydrochloric acid 30 %|toluene|sulphuric acid 98 %|dichloromethane|liquid ammonia|acrylic acid",
    "sewage": "municipal sewage|waste water with fibres|storm water|effluent with some sand",
    "chemical-process": "caustic soda 32 %|mother liquor|styrene|ethylene glycol|thermal oil at 260 °C|dilute nitric acid",
    "sanitary": "milk|fruit juice|soy sauce|fermentation broth|water for injection|sugar syrup",
    "booster": "drinking water|tap water",
    "fire": "fire water",
    "slurry": "iron ore tailings|gypsum slurry|coal washing water|gold ore slurry",
    "metering": "sodium hypochlorite|polymer solution|ammonia water|antiscalant|trisodium phosphate",
    "circulation": "hot water at 90 °C|chilled water|cooling water|glycol mixture",
}
SITES_ZH: dict[str, str] = {
    "power": "3号锅炉技改|热电二期|凝结水系统改造|供热首站|余热发电项目",
    "water": "城东污水处理厂提标|二期泵站|乡镇供水项目|一体化泵站|中水回用工程",
    "chemical": "新建 2 万吨装置|酸碱罐区|回收车间|老装置更换|中试线",
    "food": "灌装车间|新生产线|CIP 站改造|发酵车间|果汁线扩产",
    "pharma": "合成车间|注射用水系统|原料药新厂房|溶媒回收",
    "paper": "白水回收|碱回收车间|纸机改造|污水站",
    "mining": "选厂尾矿输送|三号浓密机|井下排水|脱硫系统|高炉水渣系统",
    "building": "住宅小区二次供水|商业综合体消防|酒店热水|医院新院区|写字楼空调机房",
    "marine": "散货船压载系统|机舱冷却水|船厂消防系统|海工平台",
    "oil": "常减压装置|油库|罐区装车|加氢装置|集输站",
    "textile": "印染车间热水|定型机余热|废水预处理|染料输送",
    "trade": "终端客户项目|库存补货|代理商备货|工程配套",
    "other": "电镀线|厂区循环水|新厂建设|涂装线|空压站冷却",
}
SITES_EN: dict[str, str] = {
    "power": "boiler 3 refit|the second phase of our CHP plant|waste heat recovery",
    "water": "a new lift station|our treatment plant upgrade|a rural water supply scheme",
    "chemical": "a new 20 kt unit|our acid tank farm|the solvent recovery plant",
    "food": "our filling line|the CIP station|a new fermentation hall",
    "pharma": "the synthesis workshop|our WFI loop|a new API building",
    "paper": "white water recovery|the paper machine rebuild",
    "mining": "tailings transport|thickener 3|mine dewatering",
    "building": "a residential tower|a shopping centre|a hospital extension",
    "marine": "a bulk carrier ballast system|engine room cooling",
    "oil": "a tank terminal|truck loading|a gathering station",
    "textile": "our dye house|heat recovery in finishing",
    "trade": "an end user project|our stock|a contractor we supply",
    "other": "the plating line|plant cooling water|our new factory",
}
NEEDS: dict[str, Phrases] = {
    "zh": lines("""
        {site}[需要|拟采购|计划采购|想订]{quantity}台{product}，流量{flow} m³/h，扬程{head} m，介质{medium}[，请报价|，请尽快报价|，含税含运费报价]。
        [您好，|]我们{site}要用{product} {quantity}台，输送{medium}，[流量大概{flow}方|流量{flow}方/小时]，扬程{head}米，[麻烦选型报价|请联系我|交期多久]？
        咨询{product}：{medium}，{flow} m³/h，{head} m，数量{quantity}台，[要求{month}月底前到货|{month}月份要安装|工期比较紧]。
        {site}原来用的[进口泵|别家的泵|老型号]要更换，介质{medium}，参数 Q={flow} H={head}，{quantity}台，[能不能直接替换|请提供安装尺寸|需要现场测绘]。
        [想了解一下|请介绍一下]{product}，用在{site}，{medium}，数量先定{quantity}台，[预算报价即可|做预算用|后面还有二期]。
        {site}招标，{product}共{quantity}台，[{month}月开标|本月截标]，参数：{flow} m³/h × {head} m，[要求提供业绩和资质|请提供技术文件]。
        急用！{medium}工况，{product} {quantity}台，{flow}方{head}米，[有现货吗|最快几天发货|停产等泵]。
    """),
    "en": lines("""
        We need {quantity} pcs {product} for {site}: {flow} m³/h at {head} m, medium {medium}. [Please quote CIF.|Please send your best price.|What is the delivery time?]
        Looking for a supplier of {product}, {quantity} units, duty {flow} m³/h, {head} m head, {medium}. [ATEX motors needed.|Materials: please advise.|We must decide by the end of the month.]
        [Replacement of existing pumps|Replacement of European pumps] at {site}, {medium}, Q={flow} m³/h, H={head} m, {quantity} pcs. [Dimensional drawings please.|Can you match the flanges?]
        Enquiry for {site}: {quantity} × {product}. [Budget price is enough for now.|Please include spare parts for two years.|Tender closes in {month} weeks.]
        Your {product} could suit {site}. We pump {medium} at about {flow} m³/h. [Could somebody call me?|Do you have a local partner?|Please send curves and data sheets.]
    """),
    "es": lines("""
        Necesitamos {quantity} uds. {product}: caudal {flow} m³/h, altura {head} m. [Por favor, envíen su mejor precio.|¿Cuál es el plazo de entrega?|Precio CIF, por favor.]
        Solicitamos cotización de {quantity} uds. {product} para un proyecto nuevo, {flow} m³/h a {head} m. [Adjuntaremos la hoja de datos.|Motor 60 Hz.|Es urgente.]
        Buscamos reemplazo para bombas existentes, {flow} m³/h, {head} m, {quantity} uds. [¿Tienen un distribuidor local?|Enviar curvas y planos, por favor.]
    """),
    "de": lines("""
        Wir benötigen {quantity} Stück {product}, Förderstrom {flow} m³/h, Förderhöhe {head} m. [Bitte um Ihr Angebot.|Bitte mit Liefertermin.|Bitte Datenblätter beilegen.]
        Anfrage für einen Umbau: {quantity} × {product}, {flow} m³/h bei {head} m. [Explosionsschutz erforderlich.|Wer ist unser Ansprechpartner?]
        Ersatz für vorhandene Pumpen gesucht, {flow} m³/h, {head} m, {quantity} Stück. [Passen die Flansche nach EN 1092?|Bitte um Rückruf.]
    """),
    "ru": lines("""
        Просим дать предложение на насосы {product}, {quantity} шт., подача {flow} м³/ч, напор {head} м. [Срок поставки?|Нужен паспорт на русском языке.|Оплата по договору.]
        Для реконструкции нужны насосы {product}, {quantity} шт., {flow} м³/ч, {head} м. [Пришлите, пожалуйста, чертежи.|Прошу связаться со мной.]
    """),
    "ko": lines("""
        {product} {quantity}대 견적 부탁드립니다. 유량 {flow} m³/h, 양정 {head} m입니다. [납기도 알려 주세요.|도면도 함께 부탁드립니다.]
        기존 펌프 교체를 검토 중입니다. {product} {quantity}대, {flow} m³/h, {head} m. [담당자 연락 부탁드립니다.|이번 달 안에 결정해야 합니다.]
    """),
    "ar": lines("""
        نحتاج إلى {quantity} مضخات {product} بتدفق {flow} متر مكعب في الساعة وارتفاع {head} متر. [نرجو إرسال عرض السعر.|ما هي مدة التسليم؟]
        نرجو تزويدنا بعرض سعر لعدد {quantity} من {product} لمشروع جديد، {flow} م³/س و {head} م. [نرجو الاتصال بنا.|المشروع عاجل.]
    """),
}
JUNK: dict[str, Phrases] = {
    "zh": lines("""
        你们[招人吗|招不招业务员|有没有暑期实习]，[什么待遇|怎么投简历]？
        [家里|农村老家]水井用的小水泵，[一百块左右的有吗|淘宝有店吗|220V 的]。
        我是做[百度推广|短视频代运营|网站优化]的，可以帮贵公司[提高排名|做获客]，[加个微信聊|方便电话沟通吗]？
        [测试|test 测试|随便看看|点错了]
        求购二手[水泵|电机]，[便宜的|报废的也行]。
        论文需要水泵[效率曲线|CFD 模型]，[能提供一下吗|谢谢]。
        [鱼缸|鱼池]循环泵，[小一点的|静音的]，一个。
        提供[贷款|过桥资金|发票]服务，[利息低|当天放款]。
    """),
    "en": lines("""
        We [offer|provide] [SEO services|a list of buyers in your industry|freight to all ports]. [Interested?|Reply for a quote.]
        [I am a student and need pump curves for my thesis.|Do you have jobs for graduates?]
        Looking for a small [garden|aquarium] pump, one piece.
        [test|asdf test|Hello]
    """),
}
