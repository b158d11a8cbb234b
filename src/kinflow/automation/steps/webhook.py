"""Calling a webhook: another system is told of the record, signed, and again until it heard it."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog.recording import encode
from kinflow.kit.problem import Conflict, FieldError
from kinflow.records.faces import registry

from ..parameters import parameter
from ..webhooks.calling import queue_call
from ..webhooks.models import Webhook
from .step import Doing, Done, Step, step

EVENT = "automation.rule_called"


def receivers() -> list[tuple[str, Any]]:
    """The webhooks to choose from."""
    return [(str(row.pk), row.name) for row in Webhook.objects.filter(is_active=True)]


@step
@dataclass(frozen=True)
class CallWebhook(Step):
    """Tell another system which record it is, and why."""

    name = "webhook"
    label = gettext_lazy("Call a webhook")
    help = gettext_lazy(
        "One of those that an administrator set up; signed and tried again until it is heard."
    )

    webhook: str = parameter(gettext_lazy("Webhook"), "", choices=receivers)

    def check(self, kind: str) -> list[FieldError]:
        """One that is gone."""
        if self._found() is None:
            return [FieldError("/webhook", _("There is no such webhook."))]
        return []

    def words(self, kind: str) -> str:
        """Call the webhook …"""
        row = self._found()
        return _("call the webhook “%(name)s”") % {"name": row.name if row else f"#{self.webhook}"}

    def would(self, doing: Doing) -> str:
        """Which it would call."""
        return _("Would do this: %(what)s") % {"what": self.words(doing.kind)}

    def run(self, doing: Doing) -> Done:
        """Let the call be made once this is kept. Raises Conflict where the webhook is gone or off."""
        row = self._found()
        if row is None or not row.is_active:
            raise Conflict(
                _("This webhook is switched off, or gone."),
                remedy=_("Switch it on, or choose another, then try again."),
            )
        queue_call(row, doing.key, EVENT, self._body(doing), doing.now)
        return Done(_("Handed to the webhook “%(name)s”") % {"name": row.name})

    def _found(self) -> Webhook | None:
        return Webhook.objects.filter(pk=self.webhook or 0).first()

    def _body(self, doing: Doing) -> str:
        face = registry[doing.kind]
        told = {
            "id": doing.key,
            "event": EVENT,
            "at": doing.now,
            "rule": {"id": doing.rule.pk, "name": doing.rule.name},
            "caused_by": doing.entry.pk if doing.entry else None,
            "records": [
                {
                    "role": "record",
                    "kind": doing.kind,
                    "id": doing.record.pk,
                    "url": f"{settings.URL}{face.url(doing.record.pk)}",
                }
            ],
        }
        return json.dumps(json.loads(encode(told)), ensure_ascii=False, separators=(",", ":"))
