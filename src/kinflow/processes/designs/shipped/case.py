"""A service request, from the first answer to closure."""

from django.utils.translation import gettext_lazy as _

from .parts import NONE, Shipped, came_out, clock, default, on, task, tell

CASE = Shipped(
    "case",
    "case",
    _("Service request to closure"),
    _("A first answer within four working hours, then a solution that the customer agrees to."),
    (
        ("start", "startEvent", _("A request came in"), NONE),
        ("answer", "userTask", _("Give a first answer"), NONE),
        ("late", "boundaryEvent", _("Four working hours later"), on("answer", lets=True)),
        ("warn", "serviceTask", _("Tell the team’s lead"), NONE),
        ("warned", "endEvent", _("Told"), NONE),
        ("solve", "userTask", _("Solve it"), NONE),
        ("ask", "userTask", _("Ask whether it is solved"), NONE),
        ("solved", "exclusiveGateway", _("Solved?"), default("solved_solve")),
        ("end", "endEvent", _("Solved"), NONE),
    ),
    (
        ("start", "answer", ""),
        ("answer", "solve", ""),
        ("late", "warn", ""),
        ("warn", "warned", ""),
        ("solve", "ask", ""),
        ("ask", "solved", ""),
        ("solved", "end", _("yes")),
        ("solved", "solve", _("no")),
    ),
    {
        "answer": task("call", 4, "hours"),
        "late": clock(4, "hours", working_time=True),
        "warn": tell("lead", "No first answer yet: {record.subject}", "尚未首次答复：{record.subject}"),
        "solve": task("task", 2),
        "ask": task("call", 1),
        "solved_end": came_out("done", "reached", "approved"),
    },
)
