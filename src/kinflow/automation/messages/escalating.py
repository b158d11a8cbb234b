"""When nobody read a message in time, somebody else is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, Cause, action, record
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..bilingual import in_all_languages
from ..clock import at_moment
from .events import MessageEscalated
from .models import Message
from .sending import ESCALATE, send
from .wording import said


@at_moment(ESCALATE)
def unread(payload: Mapping[str, Any], now: datetime) -> None:
    """The time to read a message is over."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .filter(pk=payload["message"], read_at=None, escalated_at=None)
        .select_related("person", "escalates_to")
        .first()
    )
    if message is None or message.escalates_to is None or _read_by_another(message):
        return
    cause = Cause(message.caused_by, message.depth) if message.caused_by else None
    escalate(message=message, now=now, by=Actor("rule", message.by_id, message.by_name, cause=cause))


def _read_by_another(message: Message) -> bool:
    """Whether somebody who was told the same has read it: then it is in somebody's hands."""
    return Message.objects.filter(key=message.key, read_at__isnull=False).exists()


@action
def escalate(*, message: Message, now: datetime, by: Actor) -> None:
    """Tell who is to be told, as urgent, once however many did not read it."""
    permit(by, kind="message")
    to = message.escalates_to
    assert to is not None
    message.escalated_at = now
    message.save(update_fields=["escalated_at"])
    face = registry.get(message.kind)
    about = face.model._default_manager.filter(pk=message.object_id).first() if face else None
    names = {"name": message.person.name}
    why = in_all_languages(lambda: _("%(name)s has not read this in time.") % names)
    text = {code: f"{why[code]}\n\n{said(message.text, code)}" for code in why}
    key = f"{message.key[:180]}:escalated"
    made = send(
        key=key, to=[to], subject=message.subject, text=text, about=about, urgency="urgent", now=now, by=by
    )
    for each in made:
        Message.objects.filter(pk=each.pk).update(escalated_from=message)
    record(MessageEscalated(about=about, person=message.person, to=to, subject=message.subject))
