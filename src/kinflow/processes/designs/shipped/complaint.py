"""A complaint: confirmed the same day, put right, and asked about until the customer is content."""

from django.utils.translation import gettext_lazy as _

from .parts import NONE, Shipped, came_out, clock, default, on, task, tell

COMPLAINT = Shipped(
    "complaint",
    "case",
    _("Complaint"),
    _("Confirmed within four working hours; goodwill is approved; it ends when the customer is content."),
    (
        ("start", "startEvent", _("A complaint came in"), NONE),
        ("confirm", "userTask", _("Confirm it to the customer"), NONE),
        ("late", "boundaryEvent", _("Four working hours later"), on("confirm", lets=True)),
        ("warn", "serviceTask", _("Tell the team’s lead"), NONE),
        ("warned", "endEvent", _("Told"), NONE),
        ("cause", "userTask", _("Find the cause"), NONE),
        ("due", "exclusiveGateway", _("Is something due to the customer?"), NONE),
        ("goodwill", "userTask", _("Approve the goodwill"), NONE),
        ("said", "exclusiveGateway", _("Approved?"), default("said_explain")),
        ("right", "userTask", _("Put it right"), NONE),
        ("explain", "userTask", _("Explain it to the customer"), NONE),
        ("ask", "userTask", _("Ask whether they are content"), NONE),
        ("content", "exclusiveGateway", _("Content?"), default("content_cause")),
        ("end", "endEvent", _("Complaint settled"), NONE),
    ),
    (
        ("start", "confirm", ""),
        ("confirm", "cause", ""),
        ("late", "warn", ""),
        ("warn", "warned", ""),
        ("cause", "due", ""),
        ("due", "goodwill", _("yes")),
        ("due", "explain", _("no")),
        ("goodwill", "said", ""),
        ("said", "right", _("approved")),
        ("said", "explain", _("otherwise")),
        ("right", "ask", ""),
        ("explain", "ask", ""),
        ("ask", "content", ""),
        ("content", "end", _("yes")),
        ("content", "cause", _("no")),
    ),
    {
        "confirm": task("call", 4, "hours"),
        "late": clock(4, "hours", working_time=True),
        "warn": tell("lead", "Complaint not confirmed: {record.subject}", "投诉尚未确认：{record.subject}"),
        "cause": task("task", 2),
        "goodwill": task("approval", 1, assign="scoring"),
        "said_right": came_out("approved"),
        "right": task("task", 3),
        "explain": task("call", 1),
        "ask": task("call", 2),
        "content_end": came_out("done", "reached", "approved"),
    },
)
