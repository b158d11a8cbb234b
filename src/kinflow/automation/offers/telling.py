"""Whoever is offered something is told, by the ways they chose."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see
from kinflow.records.faces import face_of

from ..assignments.arriving import item_of_entry, rule_actor
from ..bilingual import in_all_languages
from ..messages.sending import send
from ..scorings.models import Scoring
from .events import WorkOffered
from .showing import why_me

told = reader("automation.offers_told")


def moment_words(given: Any) -> str:
    """A moment that stands in an entry, as the reader's language writes it."""
    at = parse_datetime(str(given))
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at is not None else ""


def person_of_entry(entry: Entry) -> Person | None:
    """The person an entry is about."""
    number = next((m.object_id for m in entry.mentioned if m.role == "person"), 0)
    return Person.objects.filter(pk=number).select_related("user", "unit").first()


def title_of(row: Any) -> str:
    """What an item is called in a message."""
    face = face_of(row)
    return f"{face.number(row)} {face.title(row)}"


@told.on(WorkOffered.name)
def tell_offered(entry: Entry) -> None:
    """Tell the person until when they may answer, and why it is them; who may see the item is led to it."""
    row, person = item_of_entry(entry), person_of_entry(entry)
    if row is None or person is None:
        return
    number = next((m.object_id for m in entry.mentioned if m.kind == "scoring"), 0)

    def subject() -> str:
        return _("Offered to you: %(what)s") % {"what": title_of(row)}

    def text() -> str:
        until = _("Answer until %(when)s on My work.") % {"when": moment_words(entry.data.get("due_at"))}
        return f"{until} {why_me(entry.data.get('card') or {})}"

    send(
        key=f"offer:{entry.pk}",
        to=[person],
        subject=in_all_languages(subject),
        text=in_all_languages(text),
        about=row if may_see(actor_of_person(person), row) else None,
        by=rule_actor(Scoring.objects.filter(pk=number).first(), entry),
    )
