"""An instance that cannot go on by itself: it stays where it is, and whose it is to go on is told."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.bilingual import in_all_languages
from kinflow.automation.messages.sending import send
from kinflow.automation.said import told
from kinflow.eventlog import Actor, record
from kinflow.organisation.people.models import Person

from ..designs.naming import design_called
from .events import ProcessStuck
from .models import STUCK, ProcessInstance
from .step_names import step_called


def get_stuck(
    instance: ProcessInstance, *, about: Any, last: int, step: str, fault: str, now: datetime, by: Actor
) -> None:
    """Mark the instance and tell; the caller saves it.

    `fault` is as it is kept; `about` is its record, or the instance where that is gone, `last` its newest token: how far
    it had come.
    """
    instance.state, version = STUCK, (instance.design_id, instance.number)
    record(ProcessStuck(processinstance=instance, record=about, step=step, fault=fault))
    if instance.is_shadow:
        return  # nobody has to mend what only watches

    def words() -> dict[str, str]:
        return {
            "design": design_called(instance.design),
            "step": step_called(version, step),
        }

    send(
        key=f"process_stuck:{instance.pk}:{instance.version}:{last}",
        to=[instance.design.owner],
        subject=in_all_languages(lambda: _("“%(design)s” is stuck at “%(step)s”") % words()),
        text=in_all_languages(lambda: told(fault, partial(step_called, version))),
        about=instance,
        now=now,
        by=by,
    )


def ask_for_way(
    instance: ProcessInstance, token: int, step: str, about: Any, owner: Person, now: datetime, by: Actor
) -> None:
    """Tell who has the record, else the design's owner, that the process waits for a decision."""

    def words() -> dict[str, str]:
        name = step_called((instance.design_id, instance.number), step) if step else _("a decision")
        return {"design": design_called(instance.design), "step": name}

    send(
        key=f"process_way:{instance.pk}:{token}",
        to=[getattr(about, "owner", None) or owner],
        subject=in_all_languages(lambda: _("“%(design)s” waits for you: %(step)s") % words()),
        about=about,
        now=now,
        by=by,
    )
