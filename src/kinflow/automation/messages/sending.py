"""Telling people: one function for all who have something to say; each person is told once for each key."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import registry
from kinflow.records.jobs import defer

from ..bilingual import LANGUAGES
from ..clock import set_moment
from .choices import choices_of, ways_for, when
from .events import MessageSent
from .in_app import show_in_app
from .kinds import APP, CHAT, EMAIL, SENT, URGENCIES, WAITING
from .models import Delivery, Message, MessageChoice

Said = Mapping[str, str] | str
DELIVER, ESCALATE = "automation.messages.deliver", "automation.messages.escalate"
JOB = "automation.deliver_message"
LONGEST_SUBJECT, LONGEST_TEXT = 300, 10_000


@action
def send(
    *,
    key: str,
    to: Iterable[Person],
    subject: Said,
    text: Said = "",
    about: Model | None = None,
    url: str = "",
    urgency: str = "normal",
    escalate_after: timedelta | None = None,
    escalate_to: Person | None = None,
    now: datetime | None = None,
    by: Actor,
) -> list[Message]:
    """Tell these people something, by the ways each of them chose, and return the messages that are new.

    Whoever was told with this key already is not told again. `subject` and `text` are words by language, or one text for
    all; `about` is the record that one click leads to, `url` a page of ours where it is about no single one. Where nobody
    reads it within `escalate_after`, `escalate_to` (otherwise whom the person reports to) is told. People who left are
    told nothing. Raises Invalid.
    """
    permit(by, kind="message")
    now = now or timezone.now()
    said = [by_language(subject, LONGEST_SUBJECT), by_language(text, LONGEST_TEXT)]
    _check(key, said[0], urgency)
    people = {person.pk: person for person in to if person.left_on is None or person.left_on > now.date()}
    known = set(Message.objects.filter(key=key, person__in=people).values_list("person_id", flat=True))
    made = [
        _message(key, person, said, about, url, urgency, by, now)
        for pk, person in sorted(people.items())
        if pk not in known
    ]
    fresh = [m for m in made if _is_new(m)]
    for message in fresh:
        if escalate_after is not None:
            _keep_escalation(message, now + escalate_after, escalate_to or message.person.reports_to)
        _deliver_by_all_ways(message, now)
    if fresh:
        told = tuple(message.person for message in fresh)
        record(MessageSent(about=about, people=told, subject=said[0], urgency=urgency, key=key))
    return fresh


def by_language(said: Said, longest: int) -> dict[str, str]:
    """The words by language, cut where they are too long; one text is for readers of all languages."""
    given = dict.fromkeys(LANGUAGES, said) if isinstance(said, str) else dict(said)
    return {
        code: str(words).replace("\0", "")[:longest] for code, words in given.items() if str(words).strip()
    }


def _check(key: str, subject: Mapping[str, str], urgency: str) -> None:
    errors = []
    if not key or len(key) > 200:
        errors.append(FieldError("/key", _("A key of 1 to 200 characters is needed.")))
    if not subject:
        errors.append(FieldError("/subject", _("A message needs a subject.")))
    if urgency not in dict(URGENCIES):
        errors.append(FieldError("/urgency", _("Choose one of the values.")))
    if errors:
        raise Invalid(errors=errors)


def _message(
    key: str,
    person: Person,
    said: list[dict[str, str]],
    about: Model | None,
    url: str,
    urgency: str,
    by: Actor,
    now: datetime,
) -> Message:
    face = registry.get(str(about._meta.model_name)) if about is not None else None
    return Message(
        key=key,
        person=person,
        subject=said[0],
        text=said[1],
        kind=face.name if face else "",
        object_id=about.pk if face and about is not None else None,
        url=face.url(about.pk) if face and about is not None else url,
        urgency=urgency,
        by_kind=by.kind,
        by_id=by.id[:60],
        by_name=by.name[:200],
        caused_by=by.cause.entry_id if by.cause else None,
        depth=by.cause.depth if by.cause else 0,
        created_at=now,
    )


def _is_new(message: Message) -> bool:
    """Write it; False where somebody else told the person the same meanwhile."""
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = Message.objects.filter(key=message.key, person=message.person).first()
    if kept is None or kept.created_at != message.created_at or kept.deliveries.exists():
        return False
    message.pk = kept.pk
    return True


def _keep_escalation(message: Message, at: datetime, to: Person | None) -> None:
    if to is None or to.pk == message.person_id:
        return
    message.escalates_at, message.escalates_to = at, to
    message.save(update_fields=["escalates_at", "escalates_to"])
    set_moment(ESCALATE, str(message.pk), at, {"message": message.pk})


def _deliver_by_all_ways(message: Message, now: datetime) -> None:
    chosen = choices_of(message.person)
    for way in ways_for(chosen, message.urgency):
        state, at = when(chosen, way, message.urgency, now)
        delivery = Delivery(message=message, way=way, state=state, due_at=at)
        if way == APP:
            delivery.state, delivery.sent_at = SENT, now
            show_in_app(message)
        elif way == CHAT:
            choice = MessageChoice.objects.filter(person=message.person).select_related("chat").first()
            delivery.channel = choice.chat if choice else None
        elif way == EMAIL:
            delivery.mail_id = f"<message-{message.pk}@kinflow.local>"
        delivery.save()
        if delivery.state == WAITING:
            defer(JOB, delivery=delivery.pk)
        elif delivery.state != SENT:
            set_moment(DELIVER, str(delivery.pk), at, {"delivery": delivery.pk})
