"""Which function a deed belongs to: a step or phase of a process, or the unit that did it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kinflow.eventlog.event import registry as events
from kinflow.records.telling import ACTOR_WORDS

from ....definitions.labels import labels_of
from ....definitions.models import Process
from ....definitions.steps import Step, phase_key, step_key, steps_of, told_of
from ..data.words import AREAS
from ..units import Width, names_by_id
from .using import Deed

OUTSIDE = ("mail", "portal", "integration", "import")
"""Who sets functions off from outside."""


@dataclass(frozen=True)
class Function:
    """A function as the diagram shows it: what it is called, and what it belongs to."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Functions:
    """The functions in their order, and which of them a deed belongs to."""

    of: Callable[[Deed], Sequence[str]]
    named: Callable[[Iterable[str]], list[Function]]


def by_process(processes: Sequence[Process], *, by_steps: bool) -> Functions:
    """Steps, or phases, of these processes. Of several processes, what belongs to none is a function by its area."""
    told = [(process, steps_of(process.steps)) for process in processes]

    def key_of(process: Process, steps: Sequence[Step], deed: Deed) -> str:
        found = told_of(steps, deed.event, deed.values) if process.case_kind in deed.cases else ""
        if not found:
            return ""
        return f"{process.key}/{step_key(found) if by_steps else phase_key(steps, found)}"

    def of(deed: Deed) -> Sequence[str]:
        keys = [key for process, steps in told if (key := key_of(process, steps, deed))]
        return keys or ([f"/{deed.event.partition('.')[0]}"] if len(told) > 1 else [])

    return Functions(of, lambda keys: _named(told, set(keys)))


def _named(told: Sequence[tuple[Process, Sequence[Step]]], keys: set[str]) -> list[Function]:
    found = []
    for process, steps in told:
        start = f"{process.key}/"
        own = [key.removeprefix(start) for key in keys if key.startswith(start)]
        labels = labels_of(process, own)
        places = {step.key: at for at, step in enumerate(steps)}
        places |= {phase["key"]: _first(steps, phase["key"]) for phase in process.phases}
        own.sort(key=lambda key: (places.get(key, _place(places, key)), key))
        found += [Function(start + key, labels[key], process.called) for key in own]
    others = sorted(key for key in keys if key.startswith("/"))
    return found + [Function(key, _area(key[1:]), _("Outside these processes")) for key in others]


def _first(steps: Sequence[Step], phase: str) -> int:
    """Where the first step of a phase stands."""
    return next((at for at, step in enumerate(steps) if step.phase == phase), len(steps))


def _place(places: Mapping[str, int], key: str) -> int:
    """Where the step stands of which this is one of several."""
    return next((at for step, at in places.items() if key.startswith(f"{step}:")), len(places))


def _area(package: str) -> str:
    return str(AREAS.get(package, package))


def by_unit(width: Width) -> Functions:
    """The units that do it; what nobody of the organisation did belongs to who else acted."""
    names = names_by_id(width)

    def of(deed: Deed) -> Sequence[str]:
        if deed.actor == "person" and deed.unit is not None:
            return [names.get(str(deed.unit), f"#{deed.unit}")]
        return [f"/{deed.actor}"]

    def named(keys: Iterable[str]) -> list[Function]:
        units = sorted(key for key in keys if not key.startswith("/"))
        others = sorted(key for key in keys if key.startswith("/"))
        nobody = pgettext("who does a step", "Nobody's unit")
        return [Function(key, key) for key in units] + [
            Function(key, str(ACTOR_WORDS.get(key[1:], key[1:])), nobody) for key in others
        ]

    return Functions(of, named)


def source_of(deed: Deed) -> str:
    """From where outside a deed was set off; "" for within."""
    if deed.event.startswith("contact_center.") and deed.event.endswith("email_received"):
        return "mail"
    return deed.actor if deed.actor in OUTSIDE else ""


def source_words() -> dict[str, str]:
    """What the sources outside are called."""
    return {
        "mail": pgettext("source of data", "Senders of e-mails"),
        "portal": pgettext("source of data", "Customers in the portal"),
        "integration": pgettext("source of data", "Other systems"),
        "import": pgettext("source of data", "Imported files"),
    }


def subject_of(event: str) -> str:
    """The role of what an event is about: its first field."""
    kind = events.get(event)
    return next((part.name for part in fields(kind)), "") if kind else ""


def units_of(deeds: Iterable[Deed], of: Callable[[Deed], Sequence[str]], width: Width) -> dict[str, str]:
    """The unit that most of each function is done by; functions that none does are left out."""
    names = names_by_id(width)
    counted: dict[str, dict[str, int]] = {}
    for deed in deeds:
        if deed.unit is None:
            continue
        unit = names.get(str(deed.unit), f"#{deed.unit}")
        for key in of(deed):
            own = counted.setdefault(key, {})
            own[unit] = own.get(unit, 0) + deed.times
    return {key: max(own, key=lambda unit: own[unit]) for key, own in counted.items()}
