"""An instance that cannot go on by itself: it stays where it is, the log tells why, and the design's owner is told."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.bilingual import in_all_languages
from kinflow.automation.messages.sending import send
from kinflow.eventlog import Actor, record

from .events import ProcessStuck
from .models import STUCK, ProcessInstance


def get_stuck(
    instance: ProcessInstance, *, about: Any, step: str, fault: str, now: datetime, by: Actor
) -> None:
    """Mark the instance and tell; the caller saves it. `about` is its record, or the instance where that is gone."""
    instance.state = STUCK
    record(ProcessStuck(processinstance=instance, record=about, step=step, fault=fault))
    words = {"design": instance.design.name, "step": step}
    send(
        key=f"process_stuck:{instance.pk}:{instance.version}",
        to=[instance.design.owner],
        subject=in_all_languages(lambda: _("“%(design)s” is stuck at “%(step)s”") % words),
        text=in_all_languages(lambda: fault),
        about=instance,
        now=now,
        by=by,
    )
