"""What our own people write down after calls, visits and decisions."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

from .phrases import Phrases, lines

SUBJECTS: dict[str, str] = {
    "first_call": "首次联系：{who}",
    "second_call": "跟进线索：{who}",
    "need_call": "确认需求：{what}",
    "technical_call": "技术交流（电话）：{what}",
    "site_visit": "现场拜访：{who}",
    "engineering": "选型计算：{what}",
    "pricing": "核价：{what}",
    "quote": "制作报价单：{what}",
    "discount_approval": "折扣审批：{what}",
    "follow_up": "报价跟进：{who}",
    "negotiation": "商务谈判：{who}",
    "credit_check": "信用审核：{who}",
    "contract_review": "合同评审：{what}",
    "care_call": "客户回访：{who}",
    "care_visit": "客户走访：{who}",
    "handover_visit": "交付回访：{who}",
    "phone_help": "热线接听：{what}",
    "technical_answer": "技术答复：{what}",
    "arrange_return": "约定返厂：{who}",
    "book_visit": "预约上门：{who}",
    "ask_again": "再次核对设备信息：{who}",
    "cause_analysis": "原因分析：{what}",
    "repair_visit": "上门维修：{what}",
    "workshop_repair": "返厂维修：{what}",
    "maintenance_visit": "上门保养：{what}",
    "parts_picking": "备件出库：{what}",
    "parts_offer": "备件报价：{what}",
    "weekly_report": "线索周报",
    "campaign_work": "{what}",
    "handing_over": "工作交接：{who}",
}
SUBJECTS_EN: dict[str, str] = {
    "first_call": "First call: {who}",
    "second_call": "Second call: {who}",
    "need_call": "Confirm the need: {what}",
    "technical_call": "Technical call: {what}",
    "site_visit": "Site visit: {who}",
    "quote": "Write the quote: {what}",
    "discount_approval": "Approve the discount: {what}",
    "follow_up": "Follow up the quote: {who}",
    "negotiation": "Negotiation: {who}",
    "care_call": "Courtesy call: {who}",
    "care_visit": "Courtesy visit: {who}",
    "handover_visit": "Visit after delivery: {who}",
    "handing_over": "Take over from a colleague: {who}",
}
"""The same where we sell abroad, for the work that is done there."""
NOTES: dict[str, Phrases] = {
    "reached": lines("""
        [接通|联系上了]，{what}，[客户要比较三家|希望本周收到方案|预算已批]，[下一步发资料|约了下周再谈|需要技术支持]。
        客户确认{what}，[关心交期|关心价格|关心能效|问了业绩]，[采购由设备部定|最终由总工拍板|要走招标]。
        [加了企业微信|留了图纸邮箱]，介质和参数已补充，[比较急|不急，年底前定]。
        [原来用进口泵|原供应商服务不好|老客户介绍来的]，对我们[比较认可|还不了解，发了样本]。
    """),
    "unreached": lines("""
        [无人接听|占线|前台转接未果]，[明天再打|下午再打|改发微信]。
        [在开会|出差了]，约[明天|后天]再联系。
    """),
    "late": lines("""
        客户说[已经找别家了|周末等不及，另一家当天就报了价|合同已经签了]。
        [打通了，但客户已定供应商|客户不耐烦，说联系太晚]。
    """),
    "no_need": lines("""
        [只是了解一下，没有项目|项目取消了|转给下属公司采购]，[保持联系|暂不跟进]。
        [参数超出我们的范围|要的是民用小泵]，[婉拒|推荐了同行]。
    """),
    "visit": lines("""
        看了{site}，[管路布置紧凑|基础可以利旧|电压等级已确认]，[客户陪同：设备部两人|与总工谈了一小时]，[需求明确|还要补充介质成分]。
        现场交流[顺利|一般]，[对手上周也来过|客户对振动要求高|客户看重售后响应]，[下一步出方案|约了来厂考察]。
        [带了样机剖面图|带技术一起去的]，介质{medium}，[腐蚀余量要加大|要求双端面机封]。
    """),
    "technical": lines("""
        电话里对了参数，[介质成分还要补充|汽蚀余量要核|温度比询价单高]，[客户发了管路图|客户要两种材质方案|同意按标准型号]。
        与设备部讨论{medium}工况，[推荐双端面机封|建议变频|建议留 10% 余量]，[客户认可|客户要内部再定]。
    """),
    "engineered": lines("""
        选{product}，[效率 {eta}%|汽蚀余量满足|功率余量 15%]，[材质 316L|材质双相钢|机封用集装式]。
        按{medium}校核，[叶轮切割到 {eta}%|改用低转速|轴功率 {eta} kW]，[曲线已附|出了外形图]。
    """),
    "priced": lines("""
        成本已核，[建议加价 22%|原材料涨价 3%，已计入|有库存件，可优惠]，[交期 {weeks} 周|交期 {weeks} 周，电机采购占 4 周]。
    """),
    "approved": lines("""
        同意。
        同意，[下不为例|注意回款|争取预付 30%]。
        [同意按申请折扣报价|批准]。
    """),
    "refused": lines("""
        不同意，[毛利不足|按标准折扣执行|先谈付款方式]。
    """),
    "quote_sent": lines("""
        报价单[V1|已发邮箱|已发企业微信]，[有效期 30 天|含税含运|含两年备件]。
    """),
    "followed_up": lines("""
        客户[在比价|在走内部流程|领导还没批]，[价格比对手高 5% 左右|交期能接受|让再优惠一点]。
        [倾向我们|技术标第一|商务标第二]，[下周定|等资金到位|月底开会讨论]。
    """),
    "negotiated": lines("""
        谈到付款[3-3-3-1|3-6-1|款到发货]，[降 2 个点|送一套机封|延长质保半年]，[基本谈定|还要请示]。
        [对手降价抢单|客户总经理出面]，[坚持价格，换交期|同意让步]。
    """),
    "credit_ok": lines("""
        [资信良好|有少量逾期但已结清|注册资本实缴]，[给 60 天账期|额度 50 万|款到发货可做]。
    """),
    "credit_refused": lines("""
        [被列为失信被执行人|有未结货款诉讼|连续两年逾期|法人变更频繁、资不抵债]，不同意签约。
    """),
    "reviewed": lines("""
        评审通过，[付款条款已改|违约金上限 5%|技术协议齐全]。
        [条款无异议|补充了验收标准]，可以签。
    """),
    "care": lines("""
        [设备运行正常|有一台振动偏大，已约检修|备件库存够用]，[明年有技改计划|近期没有新项目|设备部换了主管]。
        [客户满意|抱怨上次维修等得久|希望有固定联系人]，[送了日历和样本|讲了节能改造方案]。
        [老朋友了|第一次走访]，[聊到扩产|说竞争对手在跑|今年预算收紧]，[保持联系|下季度再来]。
    """),
    "answered": lines("""
        [客户问使用问题|客户咨询参数]，[查手册|查图纸]，[已说明|需要工程师答复]。
    """),
    "noted": lines("""
        记录[故障现象|客户要求|设备情况]，[安抚客户|说明流程]，[转后续处理|登记编号和地址]。
    """),
    "technically_answered": lines("""
        [按工况复核|查曲线后]，[可以使用|建议更换材质|按手册执行即可]，已电话告知客户。
    """),
    "asked_again": lines("""
        工单里[编号不全|地址不清|联系人不对]，重新向客户要[铭牌照片|出厂编号|现场联系人和地址]。
        [系统里的地址是公司注册地|登记的电话是采购的]，再次向客户核对现场信息。
    """),
    "analysed": lines("""
        [照片显示密封面干磨|振动频谱有 2 倍频|断口为疲劳]，[倾向安装问题|倾向选型问题|倾向制造问题]。
        [查了出厂试验记录，合格|同批次无投诉]，[需要对方确认工况|需要选型复核]。
    """),
    "booked": lines("""
        与客户[约定|确认]上门时间，[客户配合断电|需办入厂证|备用泵可切换]。
    """),
    "return_booked": lines("""
        约定客户将泵[寄回|送回]维修车间，[附铭牌照片|清洗干净后发货]。
    """),
    "repaired_in_workshop": lines("""
        [拆检|清洗后检查]，[更换{part}|更换易损件|车修口环|动平衡校正]，[水压试验合格|性能复测合格]。
    """),
    "repaired": lines("""
        [更换{part}|紧固并重新调整|清理后复装|重新对中]，试运行[正常|两小时正常]，客户[签字|在场确认]。
    """),
    "part_missing": lines("""
        拆检后需要{part}，[车上没有|仓库调货]，[约下次上门|临时恢复运行]。
    """),
    "maintained": lines("""
        [换油|补脂]、测振、紧固，[正常|建议备一套机封|轴承有早期磨损]。
    """),
    "picked": lines("""
        {part}已[出库|打包发货]，[顺丰|德邦|专车]。
    """),
    "lost": lines("""
        [最后选了对手|价格差 8%|别家交期短两周|项目资金没落实|客户内部意见不统一]。
    """),
}
NOTES_EN: dict[str, Phrases] = {
    "technical": lines("""
        [Went through the data sheet by phone.|Checked the duty point with their engineer.] [Medium is {medium}.|They will send the piping drawing.] [Our standard size fits.|NPSH has to be checked by our engineers.]
        [They ask for a double seal.|They want two materials quoted.|API plan still open.] [Data complete now.|Temperature to be confirmed.]
    """),
    "approved": lines("""
        Approved.
        Approved, [mind the payment terms|last time at this level|ask for 30 % in advance].
    """),
    "refused": lines("""
        Not approved: [margin too thin|keep to the standard discount|settle the payment terms first].
    """),
    "quote_sent": lines("""
        Quote [V1|by e-mail] sent, [valid for 30 days|CIF|spare parts for two years included].
    """),
    "lost": lines("""
        [They chose a competitor.|About 8 % too expensive.|Others deliver two weeks earlier.|No budget this year.]
    """),
    "credit_refused": lines("""
        [Bad payment record|Sued for unpaid deliveries|Two years of late payments], credit control says no.
    """),
    "reached": lines("""
        [Spoke with the customer|Good call]: {what}. [They compare three suppliers.|Budget is approved.|Decision within the month.]
        Needs {what}. [Delivery time matters most.|Asked for references in Europe.|Wants ATEX documents.]
    """),
    "unreached": lines("""
        [No answer|In a meeting|Voicemail], [will try tomorrow|sent an e-mail instead].
    """),
    "visit": lines("""
        Visited the site, [piping is tight|foundations can be reused|saw the old pumps]. [They want double seals.|A competitor was here last week.]
    """),
    "followed_up": lines("""
        [Still comparing offers.|Waiting for internal approval.|We are about 4 % higher than the next.] [Decision next week.|Asked for a better price.]
    """),
    "negotiated": lines("""
        [Payment 30/70 agreed.|They want two years of warranty.|Freight is the open point.] [Close to a deal.|Will ask the regional head.]
    """),
    "care": lines("""
        [All pumps run well.|One pump is noisy, case to be opened.] [No projects this year.|Expansion planned next year.|New maintenance manager.]
    """),
    "late": lines("""
        [They bought elsewhere on Monday.|Customer had no answer from us for days and signed with another.]
    """),
    "no_need": lines("""
        [Only gathering prices.|Project was stopped.|Out of our range.]
    """),
}
DETAILS: dict[str, str] = {
    "search": "百度推广-{what}-移动端|百度推广-{what}-PC端|百度品牌专区|360搜索-{what}",
    "web": "官网询价表单|官网产品页-{what}|官网在线选型|官网下载样本",
    "wecom": "公众号菜单|企业微信名片|视频号直播|微信朋友圈转发",
    "phone": "400热线|总机转接",
    "email": "sales@ 邮箱|export@ 邮箱",
    "partner": "代理商推荐|设计院推荐|工程公司推荐",
    "referral": "老客户介绍|同行介绍|员工介绍",
}
DETAILS_EN: dict[str, str] = {
    "search": "Google Ads - {what} - mobile|Google Ads - {what} - desktop|Google Ads - brand|Bing Ads - {what}",
    "web": "website, enquiry form|website, product page {what}|website, pump selector|website, brochure download",
    "wecom": "LinkedIn page|WhatsApp Business|YouTube video|WeChat",
    "phone": "export hotline|switchboard",
    "email": "export@ mailbox|sales@ mailbox",
    "partner": "agent|engineering office|contractor",
    "referral": "existing customer|colleague in the trade|employee",
}
"""The same for customers abroad."""
CAMPAIGN_TASKS = (
    "公众号推文：磁力泵选型五问|公众号推文：雨季排涝泵检查清单|百度关键词调价|官网产品页更新|样本改版校对|"
    "短视频拍摄：机封更换|线上直播准备：锅炉给水泵节能|行业邮件群发名单整理|客户案例采访稿|展位设计评审|展会物料清点"
)
HANDOVER_REASONS: dict[str, Phrases] = {
    "to_dispatch": lines("""
        [需要上门，转调度|属于维修，转调度派工]
    """),
    "to_planner": lines("""
        [按区域转计划排程|转服务计划，请安排技师]
    """),
    "to_technician": lines("""
        [已排入{region}技师日程|派{region}技师上门]
    """),
    "to_workshop": lines("""
        [返厂维修，转维修车间|客户同意返厂，请车间安排]
    """),
    "to_quality": lines("""
        [质量投诉，请判定原因|请质量部出具分析]
    """),
    "back_to_quality": lines("""
        [不属于选型问题，退回质量部|工况没有超出，还是质量问题]
    """),
    "to_engineering": lines("""
        [疑似选型问题，请选型工程部判断|出厂检验合格，请核对选型|请确认工况是否超范围]
    """),
    "to_expert": lines("""
        [磁力泵问题，转沈工|磁力泵工况复核，只有沈工能答]
    """),
    "to_engineer": lines("""
        [技术问题，转选型工程师|需要工程师复核工况]
    """),
    "to_parts": lines("""
        [需要备件，转备件部|询备件价格，转备件商城]
    """),
    "to_hotline": lines("""
        [已答复，转回热线通知客户|判定完成，请热线回复客户]
    """),
    "leaver": lines("""
        [人员离职，工作移交|岗位调整，移交跟进]
    """),
}
