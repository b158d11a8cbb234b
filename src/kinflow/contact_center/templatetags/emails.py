"""`{% message_of record request.by as message %}`: an e-mail ready to be read, or nothing for those who may not."""

from django import template

from kinflow.eventlog import Actor

from ..emails.models import Email
from ..emails.showing import Message
from ..emails.showing import message_of as shown

register = template.Library()


@register.simple_tag
def message_of(email: Email, by: Actor) -> Message | None:
    """What the page of an e-mail shows."""
    return shown(email, by)
