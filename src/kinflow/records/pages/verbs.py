"""What can be done with a record, as buttons: the face's verbs and assigning, permitted and possible ones only."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor

from ..access import may
from ..asking import Input, inputs_of
from ..faces import RecordType, Verb

ASSIGN = "assign"
_assigning: dict[str, Verb] = {}
verbs_besides: list[Callable[[RecordType], Sequence[Verb]]] = []
"""What makes verbs that records of all kinds have."""


def verbs_of(face: RecordType) -> tuple[Verb, ...]:
    """The verbs of the face; kinds of work can be assigned besides."""
    besides = tuple(verb for make in verbs_besides for verb in make(face))
    if face.work is None or face.verb(ASSIGN) is not None:
        return (*face.verbs, *besides)
    if face.name not in _assigning:
        _assigning[face.name] = Verb(ASSIGN, _("Assign"), face.work.assign, icon="user", key="a", bulk=True)
    return (*face.verbs, _assigning[face.name], *besides)


def verb_of(face: RecordType, name: str) -> Verb | None:
    """The verb of that name."""
    return next((verb for verb in verbs_of(face) if verb.name == name), None)


def action_name(action: Callable[..., Any]) -> str:
    """What permissions call the action."""
    return str(getattr(action, "action_name", getattr(action, "__name__", "")))


def may_run(by: Actor, face: RecordType, action: Callable[..., Any] | None, record: Any = None) -> bool:
    """Whether the actor may run the action on the record, or at all."""
    return action is not None and may(by, action_name(action), record, kind=face.name)


def offered(face: RecordType, record: Any, by: Actor) -> list[Verb]:
    """The verbs that the actor may run on the record, and that make sense for it now."""
    return [
        verb
        for verb in verbs_of(face)
        if (verb.possible is None or verb.possible(record)) and may_run(by, face, verb.action, record)
    ]


def bulk_verbs(face: RecordType, by: Actor) -> list[Verb]:
    """The verbs that the actor may run on several records at once."""
    return [verb for verb in verbs_of(face) if verb.bulk and may_run(by, face, verb.action)]


def asked_of(face: RecordType, action: Callable[..., Any]) -> Sequence[Input]:
    """What people are asked for before the action runs."""
    return [each for each in inputs_of(action, face) if each.asked]


def asks(face: RecordType, verb: Verb) -> bool:
    """Whether a dialog is needed."""
    return bool(asked_of(face, verb.action))
