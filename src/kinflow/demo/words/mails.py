"""Letters: greetings, bodies and closings of customers' e-mails and of our answers, by language."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

from .phrases import Phrases, lines

GREETINGS: dict[str, Phrases] = {
    "zh": lines("[您好|你好|鲸川的同事，您好|销售部您好]："),
    "en": lines("[Dear Sir or Madam|Dear Jingchuan team|Hello|Good morning],"),
    "es": lines("[Estimados señores|Buenos días|Estimado equipo de Jingchuan]:"),
    "de": lines("[Sehr geehrte Damen und Herren|Guten Tag|Hallo],"),
    "ru": lines("[Здравствуйте|Добрый день|Уважаемые коллеги]!"),
    "ko": lines("안녕하세요."),
    "ar": lines("[السلام عليكم|تحية طيبة وبعد]،"),
}
CLOSINGS: dict[str, Phrases] = {
    "zh": lines("""
        [谢谢|谢谢！|盼复|顺祝商祺]
    """),
    "en": lines("""
        [Best regards|Kind regards|Regards|Thank you]
    """),
    "es": lines("""
        [Saludos cordiales|Atentamente|Muchas gracias]
    """),
    "de": lines("""
        [Mit freundlichen Grüßen|Viele Grüße|Freundliche Grüße]
    """),
    "ru": lines("""
        [С уважением|Спасибо]
    """),
    "ko": lines("""
        감사합니다.
    """),
    "ar": lines("""
        [مع أطيب التحيات|وتفضلوا بقبول فائق الاحترام]
    """),
}
SUBJECTS: dict[str, dict[str, Phrases]] = {
    "enquiry": {
        "zh": lines("[询价|询价单|采购询价|求购|项目询价]：{product}[| {quantity}台| - {company}]"),
        "en": lines(
            "[Enquiry|RFQ|Request for quotation|Inquiry]: {product}[|, {quantity} pcs| for {company}]"
        ),
        "es": lines("[Solicitud de cotización|Consulta]: {product}"),
        "de": lines("[Anfrage|Preisanfrage]: {quantity} × {product}"),
        "ru": lines("[Запрос цены|Запрос КП]: {product}"),
        "ko": lines("[견적 요청|문의]: {product} {quantity}대"),
        "ar": lines("[طلب عرض سعر|استفسار]: {product}"),
    },
    "parts": {
        "zh": lines("[备件询价|采购备件|配件订购]：{part} × {quantity}"),
        "en": lines("[Spare parts enquiry|Parts order]: {part}, {quantity} pcs"),
        "es": lines("[Repuestos|Pedido de repuestos]: {part}"),
        "de": lines("[Ersatzteilanfrage|Bestellung Ersatzteile]: {part}"),
        "ru": lines("Запчасти: {part}"),
        "ko": lines("부품 견적 요청: {part}"),
        "ar": lines("قطع غيار: {part}"),
    },
    "service": {
        "zh": lines("[报修|故障反馈|售后服务申请|紧急]：{brief}（{product}）"),
        "en": lines("[Service request|Failure report|Urgent]: {brief}, {product}"),
        "es": lines("[Solicitud de servicio|Avería]: {product}"),
    },
    "request": {
        "zh": lines("[服务申请|售后咨询]：{brief}（{product}）"),
        "en": lines("[Service request|Help needed]: {brief}, {product}"),
        "es": lines("Solicitud de servicio: {product}"),
    },
}
BODIES: dict[str, dict[str, Phrases]] = {
    "enquiry": {
        "zh": lines("""
            {need}[¶我们是{company}，|¶我司为{company}，][第一次和贵司联系|以前从代理商处买过贵司产品|从展会上了解到贵司]，[请附样本和业绩表|请注明付款方式和交期|具体参数可电话沟通]。
            {need}¶[请在本周内回复|请三日内报价|方便的话加微信沟通，号码同手机]，[报价请盖章|需要开 13% 专票|需提供材质单]。
        """),
        "en": lines("""
            {need}[¶We are {company} and|¶{company}] [would appreciate your quotation|look forward to your offer|hope to start cooperation with you], [including delivery time and payment terms|valid for 30 days|with curves and drawings].
            {need}¶[Please quote FOB Ningbo.|Please quote CIF our port.] [A data sheet is attached.|We can share the specification after an NDA.]
        """),
        "es": lines("""
            {need}¶[Somos {company} y trabajamos con varios clientes industriales.|Esperamos su oferta esta semana.] [Precio FOB Ningbo, por favor.|Indiquen plazo y garantía.]
        """),
        "de": lines("""
            {need}¶[Bitte nennen Sie uns Preis und Lieferzeit frei Hamburg.|Wir bitten um ein Angebot bis Ende der Woche.] [Zeichnung folgt.|Für Rückfragen stehe ich gern zur Verfügung.]
        """),
        "ru": lines("""
            {need}¶[Мы компания {company}.|Просим указать срок поставки и условия оплаты.] [Ждём ваше предложение.|Чертёж вышлем дополнительно.]
        """),
        "ko": lines("""
            {need}¶[당사는 {company}입니다.|FOB 닝보 조건으로 부탁드립니다.]
        """),
        "ar": lines("""
            {need}¶[نحن شركة {company}.|نرجو ذكر شروط الدفع ومدة التسليم.]
        """),
    },
    "parts": {
        "zh": lines("""
            需要{part} {quantity}件，用于{product}，[编号{serial}|铭牌照片稍后补发]，[有现货吗|请报含税价|请尽快发货，款到发货可以]。
            我厂{product}要备{part}，数量{quantity}，[和上次同样的价格吗|请按老价格开单|请确认库存和快递时间]。
        """),
        "en": lines("""
            Please quote {quantity} × {part} for our {product}, serial {serial}. [How soon can you ship?|By courier, please.|Payment in advance is fine.]
            We would like to order {part}, {quantity} pcs. [Same price as last time?|Please send a proforma invoice.]
        """),
        "es": lines("""
            Por favor coticen {quantity} unidades de {part} para {product}, serie {serial}. [Envío por courier.|¿Hay stock?]
        """),
        "de": lines("""
            Bitte bieten Sie {quantity} × {part} für {product} an, Seriennummer {serial}. [Wie schnell ist die Lieferung möglich?|Versand per Kurier bitte.]
        """),
        "ru": lines("""
            Просим счёт на {part}, {quantity} шт., для насоса {product}, заводской номер {serial}.
        """),
        "ko": lines("""
            {product} 부품 {part} {quantity}개 견적 부탁드립니다. 제조번호 {serial}.
        """),
        "ar": lines("""
            نرجو عرض سعر لعدد {quantity} من {part} للمضخة {product} رقم {serial}.
        """),
    },
    "service": {
        "zh": lines("""
            {description}¶[照片见附件|视频发给热线微信了]，[收到请回复|急盼回复]。
            {description}
        """),
        "en": lines("""
            {description}¶[Photos attached.|We need your answer today.|Please call me.]
        """),
        "es": lines("""
            {description}¶[Adjuntamos fotos.|Quedamos a la espera.]
        """),
    },
    "request": {
        "zh": lines("""
            {description}[|¶请有经验的工程师回复。|¶谢谢。]
        """),
        "en": lines("""
            {description}[|¶Thank you for your help.]
        """),
        "es": lines("""
            {description}[|¶Gracias por su ayuda.]
        """),
    },
    "question_on_quote": {
        "zh": lines("""
            报价收到。[请问机封是什么品牌|电机能不能换成 IE4|价格能否再优惠 3 个点|交期能不能缩短一周|付款能做 60 天吗]？
            领导看过了，[要求补充性能曲线和外形图|要求按 2 年质保重新报|请把备件单独列价]。
        """),
        "en": lines("""
            Thank you for the quotation. [Which seal brand do you use?|Can delivery be two weeks earlier?|Could you improve the price by 3 %?|Is the motor IE3 or IE4?]
            We reviewed your offer. [Please add the performance curve.|Please quote spare parts separately.|Our buyer asks for 60 days payment.]
        """),
        "es": lines("""
            Gracias por la oferta. [¿Pueden mejorar el precio?|¿Qué marca de sello usan?|¿El plazo puede ser más corto?]
        """),
        "de": lines("""
            Vielen Dank für das Angebot. [Ist ein Nachlass von 3 % möglich?|Welche Gleitringdichtung ist vorgesehen?|Können Sie früher liefern?]
        """),
        "ru": lines("""
            Спасибо за предложение. [Возможна ли скидка?|Можно ли сократить срок поставки?|Какие уплотнения?]
        """),
        "ko": lines("""
            견적서 잘 받았습니다. [가격 조정이 가능한가요?|납기를 단축할 수 있나요?]
        """),
        "ar": lines("""
            شكراً على العرض. [هل يمكن تخفيض السعر؟|هل يمكن تسليم أسرع؟]
        """),
    },
    "details": {
        "zh": lines("""
            上次报修时[已经说过了|电话里都报过了|填过一遍了]，再发一次：编号{serial}，地址{address}，联系人{contact}。
            编号{serial}。地址没变：{address}。[请不要重复问了|请尽快安排人]。
        """),
        "en": lines("""
            We gave this when we called: serial {serial}, address {address}. [Please do not ask again.|When will your technician come?]
        """),
    },
    "automatic": {
        "zh": lines("""
            [我正在休假|我出差在外|我在参加培训]，[回来后尽快回复您的邮件|{month}号回到办公室]。[急事请打手机。|紧急事宜请联系部门同事。|]
        """),
        "en": lines("""
            [I am out of the office until next week.|I am travelling with limited access to e-mail.|I am on leave and back on the {month}th.] [In urgent cases call our switchboard.|]
        """),
    },
}
ANSWERS: dict[str, dict[str, Phrases]] = {
    "enquiry": {
        "zh": lines("""
            {greeting}¶邮件收到，[已转区域同事跟进|我们马上选型]，[今天内|一个工作日内]与您联系。
        """),
        "en": lines("""
            {greeting}¶Thank you for your enquiry. [Our sales engineer will contact you within one working day.|We are sizing the pumps and will come back with an offer.]
        """),
        "es": lines("""
            {greeting}¶Gracias por su consulta. Nuestro ingeniero le contactará [mañana|en breve].
        """),
        "de": lines("""
            {greeting}¶vielen Dank für Ihre Anfrage. Wir melden uns [morgen|in Kürze] mit einem Angebot.
        """),
    },
    "parts": {
        "zh": lines("""
            {greeting}¶{part}[有现货|现货充足|三天内到货]，报价单见附件，[确认后当天发货|款到安排发货]。
        """),
        "en": lines("""
            {greeting}¶{part} is [in stock|available within three days]. Our offer is attached; we ship [the same day|after your confirmation].
        """),
    },
    "service": {
        "zh": lines("""
            {greeting}¶故障信息已登记，[请先停机并关闭进出口阀|请先切换备用泵|请不要空转]，[服务同事会尽快联系您|我们安排处理]。
        """),
        "en": lines("""
            {greeting}¶We have registered your request. [Please stop the pump and close the valves.|Please switch to the standby pump.] Our service team will contact you.
        """),
    },
    "request": {
        "zh": lines("""
            {greeting}¶您的申请已登记，[工程师会与您联系|我们尽快安排]，[请保持电话畅通|谢谢您的来信]。
        """),
        "en": lines("""
            {greeting}¶We have registered your request and [will come back to you shortly|an engineer will contact you].
        """),
        "es": lines("""
            {greeting}¶Hemos registrado su solicitud. [Le contactaremos en breve.|Un ingeniero le escribirá.]
        """),
    },
    "question_on_quote": {
        "zh": lines("""
            {greeting}¶[您提的几点已和技术核实|来信收到，已请领导批示|您的要求已确认]，[修改后的报价单 V2 见附件|详细答复见附件]，[请查收|如有疑问请来电]。
        """),
        "en": lines("""
            {greeting}¶[We checked your points with our engineers.|Thank you for coming back to us.] [Please find our revised offer attached.|Our detailed answer is attached.] [Call me if anything is open.|]
        """),
    },
    "details": {
        "zh": lines("""
            {greeting}¶信息收到，[抱歉给您添麻烦了|谢谢配合]，[技师明天联系您|已安排上门]。
        """),
        "en": lines("""
            {greeting}¶Thank you, [our technician will call you tomorrow|we have planned the visit]. Sorry for asking again.
        """),
    },
}
QUOTED: dict[str, str] = {
    "zh": "在 {when}，{who} 写道：",
    "en": "On {when}, {who} wrote:",
    "es": "El {when}, {who} escribió:",
    "de": "Am {when} schrieb {who}:",
}
