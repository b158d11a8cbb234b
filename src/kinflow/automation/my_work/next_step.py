"""The next best step with an open item, as a card on its page: why now, and the one thing to do."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import register_side_part, side_parts
from kinflow.records.pages.verbs import asks, offered

from .urgency import urgency


def next_step(face: RecordType, record: Any, by: Actor) -> str:
    """The card; "" for what is no work or is done, and for whoever can do nothing with it."""
    if face.work is None or not is_open(face.work.open, record):
        return ""
    verb = next((each for each in offered(face, record, by) if each.primary), None)
    if verb is None:
        return ""
    why = urgency(face.name, record, timezone.now())
    told = {"why": why, "verb": verb, "asks": asks(face, verb), "url": face.url(record.pk)}
    return render_to_string("automation/next_step.html", told)


def is_open(wanted: Any, record: Any) -> bool:
    """Whether the record is what a kind of work counts as open: `field` equal, `field__in` one of several."""
    for lookup, value in wanted.items():
        name, _by, operator = lookup.partition("__")
        found = getattr(record, name)
        if not (found in value if operator == "in" else found == value):
            return False
    return True


def show_next_steps() -> None:
    """Put the card into the right pane of all record pages."""
    if next_step not in side_parts:
        register_side_part(next_step)
