"""Reference processes that come with the product: models with bindings, ready to be looked at, changed and run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ..bpmn.layout import laid_out
from ..bpmn.model import Element, Flow, Model, Process
from ..bpmn.writing import write_bpmn

Label = Any


@dataclass(frozen=True)
class Shipped:
    """A reference process: its elements (id, kind, name, more), its flows (from, to, name), and its bindings."""

    key: str
    kind: str
    label: Label
    about: Label
    elements: tuple[tuple[str, str, Label, Mapping[str, Any]], ...]
    flows: tuple[tuple[str, str, Label], ...]
    bindings: Mapping[str, Any] = field(default_factory=dict)

    def file(self) -> bytes:
        """The model as a BPMN file, in the active language."""
        elements = tuple(
            Element(id=key, kind=kind, name=str(name), within="process", **more)
            for key, kind, name, more in self.elements
        )
        flows = tuple(
            Flow(f"{source}_{target}", source, target, name=str(name), within="process")
            for source, target, name in self.flows
        )
        called = str(self.label)
        return write_bpmn(
            laid_out(Model(called, (Process("process", called),), elements=elements, flows=flows))
        )

    def names(self) -> tuple[str, str]:
        """What it is called in English and in Chinese."""
        with translation.override("en"):
            english = str(self.label)
        with translation.override("zh-hans"):
            return english, str(self.label)


def _task(kind: str = "task", due: int = 0, unit: str = "days", assign: str = "owner") -> dict[str, Any]:
    duration = {"amount": due, "unit": unit} if due else {}
    return {"kind": kind, "assign": assign, "due": duration, "working_time": bool(due)}


def _tell(to: str, english: str, chinese: str) -> dict[str, Any]:
    told = {"to": to, "subject": {"en": english, "zh-hans": chinese}}
    return {"do": [{"step": "tell", "parameters": told}]}


def _default(flow: str) -> dict[str, Any]:
    return {"default": flow}


def _on(step: str, *, lets: bool = False) -> dict[str, Any]:
    return {"attached_to": step, "event": "timer", "interrupts": not lets}


TIMER: dict[str, Any] = {"event": "timer"}
NONE: dict[str, Any] = {}

SHIPPED = (
    Shipped(
        "lead",
        "lead",
        _("Follow up a lead"),
        _("Call, call again after two days, tell the lead of the team when nobody calls."),
        (
            ("start", "startEvent", _("Lead is there"), NONE),
            ("call", "userTask", _("Call the lead"), NONE),
            ("late", "boundaryEvent", _("A working day later"), _on("call", lets=True)),
            ("warn", "serviceTask", _("Tell the team’s lead"), NONE),
            ("warned", "endEvent", _("Told"), NONE),
            ("came", "exclusiveGateway", _("What came out?"), _default("came_closed")),
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
            "call": _task("call", 4, "hours"),
            "late": {"duration": {"amount": 1, "unit": "days"}, "working_time": True},
            "warn": _tell("lead", "Nobody has called yet: {record.need}", "尚无人致电：{record.need}"),
            "came_qualify": {"results": ["done", "reached"]},
            "came_wait": {"results": ["no_answer", "unfinished"]},
            "wait": {"duration": {"amount": 2, "unit": "days"}, "working_time": False},
            "qualify": _task("task", 1),
        },
    ),
    Shipped(
        "quote",
        "opportunity",
        _("Quote with approval"),
        _("A discount above 10 % is approved before the quote goes out; a week later the customer is asked."),
        (
            ("start", "startEvent", _("A quote is wanted"), NONE),
            ("write", "userTask", _("Write the quote"), NONE),
            ("high", "exclusiveGateway", _("High discount?"), _default("high_send")),
            ("approve", "userTask", _("Approve the discount"), NONE),
            ("said", "exclusiveGateway", _("Approved?"), _default("said_write")),
            ("send", "userTask", _("Send the quote"), NONE),
            ("week", "intermediateCatchEvent", _("A week later"), TIMER),
            ("ask", "userTask", _("Ask what they think of it"), NONE),
            ("end", "endEvent", _("The customer was asked"), NONE),
        ),
        (
            ("start", "write", ""),
            ("write", "high", ""),
            ("high", "approve", _("above 10 %")),
            ("high", "send", _("otherwise")),
            ("approve", "said", ""),
            ("said", "send", _("approved")),
            ("said", "write", _("otherwise")),
            ("send", "week", ""),
            ("week", "ask", ""),
            ("ask", "end", ""),
        ),
        {
            "write": _task("quote", 2),
            "high_approve": {"condition": {"field": "discount", "op": "at_least", "value": 10}},
            "approve": _task("approval", 1, assign="scoring"),
            "said_send": {"results": ["approved"]},
            "send": _task("task", 1),
            "week": {"duration": {"amount": 7, "unit": "days"}, "working_time": False},
            "ask": _task("call", 1),
        },
    ),
    Shipped(
        "case",
        "case",
        _("Service request to closure"),
        _("A first answer within four working hours, then a solution that the customer agrees to."),
        (
            ("start", "startEvent", _("A request came in"), NONE),
            ("answer", "userTask", _("Give a first answer"), NONE),
            ("late", "boundaryEvent", _("Four working hours later"), _on("answer", lets=True)),
            ("warn", "serviceTask", _("Tell the team’s lead"), NONE),
            ("warned", "endEvent", _("Told"), NONE),
            ("solve", "userTask", _("Solve it"), NONE),
            ("ask", "userTask", _("Ask whether it is solved"), NONE),
            ("solved", "exclusiveGateway", _("Solved?"), _default("solved_solve")),
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
            "answer": _task("call", 4, "hours"),
            "late": {"duration": {"amount": 4, "unit": "hours"}, "working_time": True},
            "warn": _tell("lead", "No first answer yet: {record.subject}", "尚未首次答复：{record.subject}"),
            "solve": _task("task", 2),
            "ask": _task("call", 1),
            "solved_end": {"results": ["done", "reached", "approved"]},
        },
    ),
    Shipped(
        "win_back",
        "account",
        _("Win an account back"),
        _(
            "Ask why they left, answer it, and ask again after a month; whatever happens first ends the waiting."
        ),
        (
            ("start", "startEvent", _("An account went quiet"), NONE),
            ("why", "userTask", _("Ask why"), NONE),
            ("offer", "userTask", _("Answer with an offer"), NONE),
            ("first", "eventBasedGateway", _("What happens first?"), NONE),
            ("back", "intermediateCatchEvent", _("An opportunity is there"), {"event": "message"}),
            ("month", "intermediateCatchEvent", _("A month later"), TIMER),
            ("again", "userTask", _("Ask again"), NONE),
            ("won", "endEvent", _("Won back"), NONE),
            ("end", "endEvent", _("Asked twice"), NONE),
        ),
        (
            ("start", "why", ""),
            ("why", "offer", ""),
            ("offer", "first", ""),
            ("first", "back", ""),
            ("first", "month", ""),
            ("back", "won", ""),
            ("month", "again", ""),
            ("again", "end", ""),
        ),
        {
            "why": _task("call", 2),
            "offer": _task("quote", 3),
            "back": {"event": "sales.opportunity_opened"},
            "month": {"duration": {"amount": 1, "unit": "months"}, "working_time": False},
            "again": _task("call", 2),
        },
    ),
)
