"""What messages and webhooks need when the program starts: access, handlers, names."""

from collections.abc import Collection

from kinflow.eventlog import narration

from ..webhooks import calling, missed  # noqa: F401
from ..webhooks.following import follow_for_webhooks
from ..webhooks.models import Webhook
from . import access, delivering, escalating  # noqa: F401
from .models import Channel, MessageChoice, MessageTemplate
from .places import take_message_places


def start_messages() -> None:
    """Follow the log for webhooks, and say how channels, templates and webhooks are called in its sentences."""
    follow_for_webhooks()
    take_message_places()
    narration.namers["channel"] = _channels
    narration.namers["messagetemplate"] = _templates
    narration.namers["webhook"] = _webhooks
    narration.namers["messagechoice"] = _choices


def _channels(ids: Collection[int]) -> dict[int, narration.Name]:
    return {
        pk: narration.Name(row.name, "/channels/") for pk, row in Channel.objects.in_bulk(list(ids)).items()
    }


def _templates(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = MessageTemplate.objects.in_bulk(list(ids))
    return {pk: narration.Name(row.name, f"/templates/{pk}/") for pk, row in rows.items()}


def _webhooks(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = Webhook.objects.in_bulk(list(ids))
    return {pk: narration.Name(row.name, f"/webhooks/{pk}/") for pk, row in rows.items()}


def _choices(ids: Collection[int]) -> dict[int, narration.Name]:
    rows = MessageChoice.objects.select_related("person").in_bulk(list(ids))
    return {pk: narration.Name(row.person.name, "") for pk, row in rows.items()}
