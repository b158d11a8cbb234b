"""All that can be done with chat channels; their addresses are secrets."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid, Problem, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit

from .access import keeps_channels
from .by_chat import ChatRefused, plugin_of, speak
from .events import ChannelAdded, ChannelChanged, ChannelSwitchedOff, ChannelSwitchedOn
from .models import SERVICES, Channel
from .secrets import lock, masked


def _read(name: Any, service: Any, address: Any) -> str:
    """The name, cleaned. Raises Invalid naming each value that is wrong."""
    errors: list[FieldError] = []
    cleaned = name.replace("\0", "").strip()[:120] if isinstance(name, str) else ""
    if not cleaned:
        errors.append(FieldError("/name", _("Give it a name.")))
    if service not in dict(SERVICES):
        errors.append(FieldError("/service", _("Choose one of the services.")))
    elif address is not None:
        try:
            plugin_of(service, address if isinstance(address, str) else "")
        except Problem as refused:
            errors.append(FieldError("/address", f"{refused.detail} {refused.remedy}"))
    if errors:
        raise Invalid(errors=errors)
    return cleaned


@action
def add_channel(*, name: str, service: str, address: str, person: Person | None = None, by: Actor) -> Channel:
    """Add a channel for everybody, or one person's own. Raises Invalid naming what is wrong, never the address."""
    permit(by, kind="channel")
    if not keeps_channels(by) and (person is None or person.pk != by.person_id):
        raise Refused(_("Only your own channels are yours to add."), remedy=_("Ask a process owner."))
    channel = Channel(name=_read(name, service, address), service=service, person=person)
    channel.address, channel.shown_address = lock(address.strip()), masked(address.strip())
    channel.save()
    record(ChannelAdded(channel=channel, service=service))
    return channel


@action
def change_channel(*, channel: Channel, name: str, address: str | None = None, by: Actor) -> Channel:
    """Change the name, and the address where one is given. Raises Invalid."""
    channel = hold(channel)
    permit(by, channel)
    channel.name = _read(name, channel.service, address or None)
    if address:
        channel.address, channel.shown_address = lock(address.strip()), masked(address.strip())
    channel.save()
    record(ChannelChanged(channel=channel))
    return channel


@action
def switch_channel(*, channel: Channel, is_active: bool, by: Actor) -> Channel:
    """Switch a channel on or off; what waits for one that is off fails, and says so."""
    channel = hold(channel)
    permit(by, channel)
    channel.is_active = is_active
    channel.save()
    record(ChannelSwitchedOn(channel=channel) if is_active else ChannelSwitchedOff(channel=channel))
    return channel


def try_channel(channel: Channel) -> str:
    """Say something in the channel now; "" where that went well, else why not."""
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    try:
        speak(channel, "Kinflow", _("This is a trial message, sent at %(at)s.") % {"at": at})
    except ChatRefused:
        return _(
            "The service did not take the message. Check the address, and whether the robot is allowed to speak."
        )
    except Problem as refused:
        return f"{refused} {refused.remedy}"
    return ""
