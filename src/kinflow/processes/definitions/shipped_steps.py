"""The steps of the processes that the product comes with, as tables: names are data, in English and Chinese."""

from collections.abc import Iterator
from typing import Any

FINISHED, STARTED = "customers.activity_finished", "customers.activity_started"
LOGGED, PLANNED = "customers.activity_logged", "customers.activity_planned"
Row = dict[str, Any]


def step(event: str, name: str, name_zh: str, phase: str, **more: Any) -> Row:
    """A step that is one event."""
    return {"key": event, "event": event, "name": name, "name_zh": name_zh, "phase": phase, **more}


def work(topic: str, name: str, name_zh: str, phase: str, *, is_asked: bool = False) -> Iterator[Row]:
    """A step that is a piece of work of this topic, from its start to its end.

    `is_asked`: somebody else is asked for it, and the asking is a step, so that the wait for it can be seen.
    """
    told = {"where": {"topic": topic}, "phase": phase}
    if is_asked:
        yield {
            "key": f"{PLANNED}:{topic}",
            "event": PLANNED,
            "name": f"{name}: asked for",
            "name_zh": f"申请{name_zh}",
            **told,
        }
    yield {
        "key": f"{FINISHED}:{topic}",
        "event": FINISHED,
        "begins": STARTED,
        "name": name,
        "name_zh": name_zh,
        "detail": "result",
        **told,
    }


def any_work(phase: str) -> Iterator[Row]:
    """Work of topics that have no step of their own, by its kind; what is noted afterwards counts, too."""
    for kind, name, name_zh in KINDS:
        for event, begins in ((FINISHED, STARTED), (LOGGED, "")):
            yield {
                "key": f"{event}:any_{kind}",
                "event": event,
                "where": {"kind": kind},
                "begins": begins,
                "name": name if begins else f"{name} (noted)",
                "name_zh": name_zh if begins else f"{name_zh}（补记）",
                "detail": "result",
                "phase": phase,
            }


KINDS = (
    ("call", "Call", "电话"),
    ("visit", "Visit", "拜访"),
    ("meeting", "Meeting", "会议"),
    ("task", "Task", "任务"),
    ("quote", "Quote", "报价"),
    ("approval", "Approval", "审批"),
    ("note", "Note", "记录"),
)

LEAD_PHASES = (
    ("intake", "Taking in", "受理"),
    ("contact", "Talking", "联系"),
    ("decision", "Deciding", "判定"),
)
LEAD = [
    step("sales.lead_captured", "Captured", "线索录入", "intake"),
    step("sales.lead_assigned", "Assigned", "分配负责人", "intake"),
    *work("first_call", "First call", "首次致电", "contact"),
    *work("second_call", "Second call", "再次致电", "contact"),
    step("sales.lead_contacted", "Reached", "首次联系成功", "contact"),
    *any_work("contact"),
    step("sales.lead_qualified", "Qualified", "判定合格", "decision"),
    step("sales.lead_disqualified", "Disqualified", "判定无效", "decision", detail="reason", outcome="bad"),
    step("sales.lead_converted", "Converted", "转为销售机会", "decision", outcome="good"),
    step("sales.lead_reopened", "Reopened", "重新打开", "decision", outcome="again"),
]

OPPORTUNITY_PHASES = (
    ("need", "Understanding the need", "明确需求"),
    ("offer", "Working out the offer", "制定方案与报价"),
    ("closing", "Closing", "成交"),
)
OPPORTUNITY = [
    step("sales.opportunity_opened", "Opened", "建立销售机会", "need"),
    step("sales.opportunity_assigned", "Assigned", "分配负责人", "need"),
    *work("need_call", "Need confirmed", "确认需求", "need"),
    *work("technical_call", "Technical call", "技术交流", "need"),
    *work("site_visit", "Site visit", "现场拜访", "need"),
    step("sales.opportunity_moved", "Stage", "阶段推进", "", each="to_stage"),
    *work("engineering", "Sizing", "选型计算", "offer", is_asked=True),
    *work("pricing", "Pricing", "核价", "offer", is_asked=True),
    *work("discount_approval", "Discount approval", "折扣审批", "offer", is_asked=True),
    *work("quote", "Quote written", "制作报价单", "offer"),
    *work("parts_offer", "Parts offered", "备件报价", "offer"),
    step("sales.opportunity_discounted", "Discount set", "设定折扣", "offer"),
    *work("follow_up", "Follow-up", "报价跟进", "closing"),
    *work("negotiation", "Negotiation", "商务谈判", "closing"),
    *work("credit_check", "Credit check", "信用审核", "closing", is_asked=True),
    *work("contract_review", "Contract review", "合同评审", "closing", is_asked=True),
    *work("parts_picking", "Parts picked", "备件出库", "closing"),
    *any_work("need"),
    step("sales.opportunity_won", "Won", "赢单", "closing", outcome="good"),
    step("sales.opportunity_lost", "Lost", "丢单", "closing", detail="reason", outcome="bad"),
    step("sales.opportunity_reopened", "Reopened", "重新打开", "closing", outcome="again"),
]

CASE_PHASES = (
    ("intake", "Taking in", "受理"),
    ("work", "Working on it", "处理"),
    ("closing", "Closing", "结案"),
)
CASE = [
    step("service.case_opened", "Opened", "受理服务请求", "intake"),
    step("contact_center.email_joined_to_case", "E-mail joined", "关联电子邮件", "intake"),
    step("contact_center.email_received", "E-mail received", "收到电子邮件", "work"),
    step("contact_center.email_answered", "E-mail answered", "回复电子邮件", "work"),
    step("service.case_assigned", "Given to somebody", "转交", "work"),
    *work("phone_help", "Help on the phone", "热线解答", "work"),
    *work("ask_again", "Data asked for again", "再次核对信息", "work"),
    *work("technical_answer", "Technical answer", "技术答复", "work"),
    *work("cause_analysis", "Cause analysis", "原因分析", "work", is_asked=True),
    *work("book_visit", "Visit booked", "预约上门", "work"),
    *work("arrange_return", "Return arranged", "约定返厂", "work"),
    *work("parts_offer", "Parts offered", "备件报价", "work"),
    *work("parts_picking", "Parts picked", "备件出库", "work"),
    *work("repair_visit", "Repair on site", "上门维修", "work"),
    *work("workshop_repair", "Repair in the workshop", "返厂维修", "work"),
    *work("maintenance_visit", "Maintenance on site", "上门保养", "work"),
    *any_work("work"),
    step("service.case_answered", "First answer", "首次答复", "work"),
    step("service.case_waiting_began", "Waiting for the customer", "等待客户", "work"),
    step("service.case_resumed", "Taken up again", "恢复处理", "work"),
    step("service.case_solved", "Solved", "解决", "closing", outcome="good"),
    step("service.case_closed", "Closed", "关闭", "closing", outcome="good"),
    step("service.case_reopened", "Reopened", "重新打开", "closing", outcome="again"),
]

EMAIL = [
    step("contact_center.email_received", "Received", "收到", "intake"),
    step("contact_center.automatic_email_received", "Automatic mail received", "收到自动邮件", "intake"),
    step("contact_center.email_assigned", "Assigned", "分配负责人", "intake"),
    step("contact_center.email_joined_to_case", "Joined to a case", "关联服务请求", "work"),
    *any_work("work"),
    step("contact_center.email_answered", "Answered", "回复", "closing", outcome="good"),
    step("contact_center.email_ignored", "Needs no answer", "无需回复", "closing", outcome="good"),
    step("contact_center.email_reopened", "Reopened", "重新打开", "closing", outcome="again"),
]
