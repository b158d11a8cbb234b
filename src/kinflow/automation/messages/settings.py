"""What people choose about their messages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit

from .choices import USUAL
from .events import MessageChoicesChanged
from .kinds import APP, CHAT, DIGESTS, EMAIL, QUIET, URGENCIES
from .models import Channel, MessageChoice


def choice_of(person: Person) -> MessageChoice:
    """What the person chose, or what holds for who chose nothing (not kept)."""
    found = MessageChoice.objects.filter(person=person).select_related("chat").first()
    return found or MessageChoice(person=person, ways=dict(USUAL))


def open_channels(person: Person) -> list[Channel]:
    """The channels that the person may choose: everybody's and their own."""
    rows = Channel.objects.filter(is_active=True)
    return list(rows.filter(person=None) | rows.filter(person=person))


@action
def choose_messages(
    *,
    person: Person,
    ways: Mapping[str, Any],
    chat: Any = None,
    quiet: Any = "",
    digest: Any = "",
    digest_hour: Any = 8,
    by: Actor,
) -> MessageChoice:
    """Choose the ways for each urgency, the chat channel, quiet hours and digest. Raises Invalid naming what is wrong.

    In the app everything stays to be read; `ways` names what comes besides.
    """
    kept = MessageChoice.objects.select_for_update(of=("self",)).filter(person=person).first()
    row = kept or MessageChoice(person=person)
    permit(by, row)
    errors: list[FieldError] = []
    row.ways = _ways(ways, errors)
    row.chat = _channel(chat, person, errors)
    row.quiet, row.digest = _one(quiet, QUIET, "quiet", errors), _one(digest, DIGESTS, "digest", errors)
    row.digest_hour = _hour(digest_hour, errors)
    uses = {way for chosen in row.ways.values() for way in chosen}
    if CHAT in uses and row.chat is None and not errors:
        errors.append(FieldError("/chat", _("Choose the channel that chat messages go to.")))
    if EMAIL in uses and not person.email:
        errors.append(FieldError("/ways", _("You have no e-mail address here; ask an administrator for it.")))
    if (row.quiet and person.calendar_id is None) and not errors:
        errors.append(FieldError("/quiet", _("You have no working calendar; ask an administrator for one.")))
    if errors:
        raise Invalid(errors=errors)
    row.save()
    record(MessageChoicesChanged(choice=row, person=person))
    return row


def _ways(given: Any, errors: list[FieldError]) -> dict[str, list[str]]:
    if not isinstance(given, Mapping) or set(given) - dict(URGENCIES).keys():
        errors.append(FieldError("/ways", _("Give the ways for each urgency.")))
        return dict(USUAL)
    found: dict[str, list[str]] = {}
    for urgency, _label in URGENCIES:
        wanted = given.get(urgency, [])
        if not isinstance(wanted, list) or any(way not in (APP, EMAIL, CHAT) for way in wanted):
            errors.append(FieldError(f"/ways/{urgency}", _("Choose among app, email and chat.")))
            wanted = []
        found[urgency] = [APP, *(way for way in (EMAIL, CHAT) if way in wanted)]
    return found


def _channel(given: Any, person: Person, errors: list[FieldError]) -> Channel | None:
    if given in (None, ""):
        return None
    found = next((c for c in open_channels(person) if str(c.pk) == str(given)), None)
    if found is None:
        errors.append(FieldError("/chat", _("Choose one of the channels.")))
    return found


def _one(given: Any, choices: list[tuple[str, Any]], name: str, errors: list[FieldError]) -> str:
    if given not in [value for value, _label in choices]:
        errors.append(FieldError(f"/{name}", _("Choose one of the values.")))
        return ""
    return str(given)


def _hour(given: Any, errors: list[FieldError]) -> int:
    text = str(given)
    if not (text.isascii() and text.isdecimal()) or not 0 <= int(text[:3]) <= 23:
        errors.append(FieldError("/digest_hour", _("Give an hour from 0 to 23.")))
        return 8
    return int(text)
