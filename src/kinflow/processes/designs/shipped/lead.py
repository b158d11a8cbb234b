"""Follow up a lead until it is qualified or nothing more can be done."""

from django.utils.translation import gettext_lazy as _

from .parts import NONE, TIMER, Shipped, came_out, clock, default, on, task, tell

LEAD = Shipped(
    "lead",
    "lead",
    _("Follow up a lead"),
    _("Call, call again after two days, tell the lead of the team when nobody calls."),
    (
        ("start", "startEvent", _("Lead is there"), NONE),
        ("call", "userTask", _("Call the lead"), NONE),
        ("late", "boundaryEvent", _("A working day later"), on("call", lets=True)),
        ("warn", "serviceTask", _("Tell the team’s lead"), NONE),
        ("warned", "endEvent", _("Told"), NONE),
        ("came", "exclusiveGateway", _("What came out?"), default("came_closed")),
        ("wait", "intermediateCatchEvent", _("Two days later"), TIMER),
        ("qualify", "userTask", _("Qualify the lead"), NONE),
        ("end", "endEvent", _("Qualified"), NONE),
        ("closed", "endEvent", _("Nothing more to do"), NONE),
    ),
    (
        ("start", "call", ""),
        ("call", "came", ""),
        ("late", "warn", ""),
        ("warn", "warned", ""),
        ("came", "qualify", _("reached")),
        ("came", "wait", _("not reached")),
        ("came", "closed", _("otherwise")),
        ("wait", "call", ""),
        ("qualify", "end", ""),
    ),
    {
        "call": task("call", 4, "hours"),
        "late": clock(1, "days", working_time=True),
        "warn": tell("lead", "Nobody has called yet: {record.need}", "尚无人致电：{record.need}"),
        "came_qualify": came_out("done", "reached"),
        "came_wait": came_out("no_answer", "unfinished"),
        "wait": clock(2, "days"),
        "qualify": task("task", 1),
    },
)
