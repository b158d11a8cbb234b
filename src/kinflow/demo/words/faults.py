"""What goes wrong with pumps: by family, how customers describe it, how it is solved, and which part it takes."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

from .phrases import Phrase, Phrases, lines

FAULTS_BY_FAMILY: dict[str, str] = {
    "boiler-feed": "seal vibration balance bearing pressure",
    "magnetic": "coupling sleeve dry vibration",
    "sewage": "clog seal motor level",
    "chemical-process": "seal bearing vibration corrosion pressure",
    "sanitary": "seal hygiene pressure noise",
    "booster": "control pressure sensor noise",
    "fire": "control diesel pressure seal",
    "slurry": "wear seal bearing vibration",
    "metering": "diaphragm dosing valve",
    "circulation": "noise seal bearing pressure",
}
FAULT_PARTS: dict[str, str] = {
    "seal": "MS-208-65",
    "bearing": "BRG-6309",
    "balance": "BRG-JDG",
    "coupling": "MAG-JCM-80",
    "sleeve": "SLV-JCM-SIC",
    "wear": "LIN-JZJ-100",
    "diaphragm": "DIA-JDM",
    "control": "PLC-JBS",
    "corrosion": "IMP-JCZ-65",
    "clog": "IMP-JWQ-100",
    "hygiene": "GSK-JSP",
    "sensor": "VFD-JBS-15",
}
TITLES: dict[str, tuple[str, str]] = {
    "seal": ("[机封漏水|机械密封泄漏|轴封处滴漏]", "[Mechanical seal leaking|Leak at the shaft seal]"),
    "vibration": ("[振动超标|振动大|运行振动异常]", "[High vibration|Vibration alarm]"),
    "balance": ("[平衡盘磨损|轴向窜动大|平衡室压力高]", "[Balance disc worn|Axial movement too large]"),
    "bearing": ("[轴承温度高|轴承发热|轴承异响]", "[Bearing running hot|Bearing noise]"),
    "pressure": ("[扬程不够|出口压力上不去|流量不足]", "[No pressure|Flow too low]"),
    "coupling": ("[磁转子脱耦|磁力联轴失步|泵不上量，疑似退磁]", "[Magnetic coupling slips|Pump decoupled]"),
    "sleeve": (
        "[轴套碎裂|碳化硅轴套磨损|滑动轴承损坏]",
        "[Silicon carbide sleeve broken|Sleeve bearing worn]",
    ),
    "dry": ("[空转烧坏|干转后抱死]", "[Seized after dry running|Ran dry]"),
    "clog": ("[叶轮堵塞|缠绕堵转|泵堵了]", "[Impeller clogged|Pump blocked]"),
    "motor": ("[电机跳闸|电机绝缘低|电机进水]", "[Motor trips|Water in the motor]"),
    "level": ("[浮球失灵|液位控制不动作]", "[Float switch dead|Level control fails]"),
    "corrosion": ("[叶轮腐蚀|泵体腐蚀穿孔]", "[Impeller corroded|Casing corroded through]"),
    "hygiene": ("[垫圈破损有异物|清洗不彻底]", "[Gasket damaged|CIP result not clean]"),
    "noise": ("[噪音大|运行异响]", "[Noise|Rattling]"),
    "control": ("[控制柜报警|控制器黑屏|不能自动启泵]", "[Controller alarm|No automatic start]"),
    "sensor": ("[压力变送器失准|变频器报故障]", "[Pressure sensor off|Converter fault]"),
    "diesel": ("[柴油机启动失败|柴油机启动电池亏电]", "[Diesel does not start|Starter battery flat]"),
    "wear": ("[护套磨穿|过流件磨损快|蜗壳磨漏]", "[Liner worn through|Wear too fast]"),
    "diaphragm": ("[隔膜破裂|计量泵漏液]", "[Diaphragm broken|Dosing pump leaking]"),
    "dosing": ("[计量不准|加药量偏小]", "[Dosing inaccurate|Dosing too low]"),
    "valve": ("[单向阀堵|进出口阀不密封]", "[Check valve blocked|Valves do not seal]"),
}
TITLE_PHRASES = {fault: (Phrase(zh), Phrase(en)) for fault, (zh, en) in TITLES.items()}
DESCRIPTIONS: dict[str, Phrases] = {
    "zh": lines("""
        {product}，出厂编号{serial}，[运行了{months}个月|去年装的|装在{site}]，[昨天夜班|今天早上|这两天]发现{fault}，[备用泵顶着|没有备用泵，停产了|先停了]，[请尽快安排人来看|请派人检修|怎么处理]。
        {fault}，泵是{product}，编号{serial}，[巡检时发现的|越来越严重|以前也出过一次]，[请技师来之前先电话联系|现场联系{contact}|进厂要办证，请提前一天说]。
        我厂{site}的{product}（{serial}）{fault}，[已经自己拆过，没看出原因|紧固以后还是一样|换过一次配件没用]，[请判断是什么问题|申请保修|请报维修价格]。
        [麻烦登记一下，|]{product}出现{fault}，[大概运行{months}个月|质保期内]，编号是{serial}，[地址还是原来的厂区|地址见合同]。
    """),
    "en": lines("""
        {fault} on our {product}, serial {serial}, [running for {months} months|installed last year]. [The standby pump is in use.|We have no standby, production is down.|We stopped it for now.] [Please advise.|Please send a technician.]
        {product} ({serial}) at {site}: {fault}, [found during inspection|getting worse every day]. [Is it covered by warranty?|Please quote the repair.|Which parts do we need?]
    """),
    "es": lines("""
        Problema con la bomba {product}, número de serie {serial}: {fault}. [Está parada.|Usamos la bomba de reserva.] [Necesitamos ayuda urgente.|¿Está en garantía?]
    """),
}
QUESTIONS: dict[str, Phrases] = {
    "zh": lines("""
        {product}[首次开机要注意什么|多久换一次油|轴承用什么润滑脂]？
        {product}的[安装尺寸图|性能曲线|合格证|操作手册]能[发一份|重新发一下]吗？编号{serial}。
        {product}想[换成变频控制|改介质，改成{medium}|加一台并联]，[可以吗|要注意什么]？
        [质保期到什么时候|保修范围包括哪些]，设备编号{serial}，{product}。
        {product}[停用半年|冬季停机]怎么保养？
    """),
    "en": lines("""
        Please send the [manual|drawing|performance curve] of {product}, serial {serial}.
        [How often must the oil be changed|Which grease do you recommend] for {product}?
        Can {product} be used for {medium}? [We plan to change our process.|Serial {serial}.]
    """),
    "es": lines("""
        ¿Pueden enviar el manual de {product}, número de serie {serial}?
        ¿Cada cuánto se cambia el aceite de {product}?
    """),
}
COMPLAINTS: dict[str, Phrases] = {
    "zh": lines("""
        {product}（{serial}）才用了{months}个月就{fault}，[这个质量我们不能接受|和你们承诺的不一样|影响了我们生产]，要求[免费更换|给个说法|赔偿停产损失]。
        上次维修过的{product}又{fault}，[修了等于没修|同一个问题第二次了]，编号{serial}，[请你们领导给答复|希望尽快彻底解决]。
        {product}[到货数量不对|铭牌和合同型号不一致|包装破损，泵壳有磕碰]，编号{serial}，[请核实|要求补发]。
    """),
    "en": lines("""
        {product}, serial {serial}: {fault} after only {months} months. [This is not acceptable.|We expect a free replacement.|We hold you liable for the downtime.]
        The repaired {product} ({serial}) shows the same fault again: {fault}. [Please settle this for good.|We want to speak with your manager.]
    """),
    "es": lines("""
        La bomba {product} ({serial}) falló después de {months} meses: {fault}. Exigimos una solución [inmediata|gratuita].
    """),
}
MAINTENANCE: dict[str, Phrases] = {
    "zh": lines("""
        {site}的{product}共{quantity}台[到了年度保养时间|大修前请做一次检查|准备停车检修]，[请安排{month}月份上门|请提前约时间]。
        申请{product} [年度巡检|对中复测和换油|机封预防性更换]，共{quantity}台，编号从{serial}起。
    """),
    "en": lines("""
        Yearly maintenance for {quantity} {product} at {site} is due. [Please propose a date.|We stop the line in {month} weeks.]
        Please plan an inspection of {quantity} pumps {product}, first serial {serial}.
    """),
    "es": lines("""
        Solicitamos el mantenimiento anual de {quantity} bombas {product}.
    """),
}
SOLUTIONS: dict[str, Phrases] = {
    "repair": lines("""
        更换{part}，[试运行两小时正常|测振合格，客户签字|性能复测合格]。
        拆检处理{fault_zh}，[更换{part}|重新调整并试验|清理后复装]，运行正常。
        [紧固并重新对中|重新设定参数|清理流道和滤网]，{fault_zh}消除。
    """),
    "question": lines("""
        已[电话说明|邮件发送资料]，客户清楚了。
        [发送操作手册和曲线|告知润滑周期和牌号|说明质保条款]，客户无其他问题。
        [与选型工程师确认后回复客户|按工况复核后答复]，可以使用。
    """),
    "complaint": lines("""
        [判定为密封材质选择不当|判定为安装对中不良|判定为批次质量问题]，[免费更换并道歉|双方各承担一半费用|赠送一年保养]，客户接受。
        核对发货记录后[补发缺件|更换铭牌]，客户接受。
        [提供失效分析报告|派技师现场说明]，客户[认可|同意结案]。
    """),
    "maintenance": lines("""
        完成年度保养：[换油、紧固、对中复测|测振、测温、绝缘检查]，[状态良好|建议下次大修更换轴承]。
        保养{quantity}台，[发现一台机封轻微渗漏，已更换|均正常]。
    """),
}
