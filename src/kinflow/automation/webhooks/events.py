"""What happens to webhooks; their addresses and secrets are never told."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import Webhook


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(Event):
    """A receiver was added."""

    webhook: Webhook
    sentence = _("{by} added the webhook {webhook}")


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(Event):
    """A receiver was changed; `fields` names what, never to what."""

    webhook: Webhook
    fields: tuple[str, ...] = ()
    sentence = _("{by} changed the webhook {webhook}")


@dataclass(frozen=True, kw_only=True)
class WebhookSwitchedOn(Event):
    """A receiver is told again of what happens."""

    webhook: Webhook
    sentence = _("{by} switched the webhook {webhook} on")


@dataclass(frozen=True, kw_only=True)
class WebhookSwitchedOff(Event):
    """A receiver is told nothing any more."""

    webhook: Webhook
    sentence = _("{by} switched the webhook {webhook} off")


@dataclass(frozen=True, kw_only=True)
class WebhookStopped(Event):
    """A receiver did not answer for so long that it was switched off; its owner is told."""

    webhook: Webhook
    failures: int
    icon = "alert"
    sentence = _("The webhook {webhook} was switched off: {failures} calls in a row failed")


@dataclass(frozen=True, kw_only=True)
class CallReplayed(Event):
    """A call is made once more."""

    webhook: Webhook
    key: str
    sentence = _("{by} let a call of the webhook {webhook} be made again")
