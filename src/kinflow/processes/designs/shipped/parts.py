"""What reference processes are written with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation

from ...bpmn.layout import laid_out
from ...bpmn.model import Element, Flow, Model, Names, Process
from ...bpmn.writing import write_bpmn

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
        """The model as a BPMN file, its parts named in all languages; their one name is in the active language."""
        elements = tuple(
            Element(id=key, kind=kind, name=str(name), within="process", names=_names(name), **more)
            for key, kind, name, more in self.elements
        )
        flows = tuple(
            Flow(f"{source}_{target}", source, target, name=str(name), within="process", names=_names(name))
            for source, target, name in self.flows
        )
        called = str(self.label)
        process = Process("process", called, _names(self.label))
        return write_bpmn(laid_out(Model(called, (process,), elements=elements, flows=flows)))

    def names(self) -> tuple[str, str]:
        """What it is called in English and in Chinese."""
        with translation.override("en"):
            english = str(self.label)
        with translation.override("zh-hans"):
            return english, str(self.label)


def _names(label: Label) -> Names:
    """A text in all languages; nothing for an empty one."""
    found = []
    for language, _called in settings.LANGUAGES if label else ():
        with translation.override(language):
            found.append((language, str(label)))
    return tuple(found)


def task(kind: str = "task", due: int = 0, unit: str = "days", assign: str = "owner") -> dict[str, Any]:
    """Work of a person, due within so much working time."""
    duration = {"amount": due, "unit": unit} if due else {}
    return {"kind": kind, "assign": assign, "due": duration, "working_time": bool(due)}


def tell(to: str, english: str, chinese: str) -> dict[str, Any]:
    """The step that tells somebody."""
    told = {"to": to, "subject": {"en": english, "zh-hans": chinese}}
    return {"do": [{"step": "tell", "parameters": told}]}


def default(flow: str) -> dict[str, Any]:
    """A gateway's default flow."""
    return {"default": flow}


def on(step: str, *, lets: bool = False) -> dict[str, Any]:
    """A timer on the border of a step; `lets` lets the step go on."""
    return {"attached_to": step, "event": "timer", "interrupts": not lets}


TIMER: dict[str, Any] = {"event": "timer"}
NONE: dict[str, Any] = {}
MESSAGE: dict[str, Any] = {"event": "message"}


def clock(amount: int, unit: str = "days", *, working_time: bool = False) -> dict[str, Any]:
    """A length of time."""
    return {"duration": {"amount": amount, "unit": unit}, "working_time": working_time}


def came_out(*results: str) -> dict[str, Any]:
    """What came out of the last task."""
    return {"results": list(results)}
