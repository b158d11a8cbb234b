"""Which instances somebody sees: process owners all of them, others those of records that they may see."""

from typing import Any

from django.utils.translation import gettext as _

from kinflow.customers.activities.models import Activity
from kinflow.customers.activities.rules import OPEN_STATUSES
from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.records.access import in_token_scope, may_see
from kinflow.records.faces import registry

from .access import KIND
from .models import ProcessInstance


def record_of(instance: ProcessInstance) -> Any:
    """What an instance is about; None where that is gone."""
    face = registry.get(instance.about_kind)
    return face.model._default_manager.filter(pk=instance.about_id).first() if face else None


def refuse_unseen(about: Any, by: Actor) -> None:
    """Raise Refused where a person may not see the record that an instance is about."""
    if by.kind == "person" and about is not None and not may_see(by, about):
        raise Refused(_("This record is not yours to work on."), remedy=_("Ask its owner."))


def has_task(by: Actor, activity_id: int | None) -> bool:
    """Whether an open task is this person's: who has it may let its step go otherwise, and say why."""
    if activity_id is None or by.kind != "person" or not in_token_scope(by, KIND, "write"):
        return False
    own = Activity.objects.filter(pk=activity_id, owner_id=by.person_id, status__in=OPEN_STATUSES)
    return by.person_id is not None and own.exists()


def instance_at(pk: int, by: Actor) -> ProcessInstance:
    """The instance of an address. Raises NotFound where there is none that the actor may see."""
    instance = ProcessInstance.objects.select_related("design__owner").filter(pk=pk).first()
    if instance is None or not _sees(instance, by):
        raise NotFound(
            _("There is no process instance %(number)s.") % {"number": pk},
            remedy=_("Look at the record it is about."),
        )
    return instance


def _sees(instance: ProcessInstance, by: Actor) -> bool:
    if may_see(by, instance):
        return True
    about = record_of(instance)
    return in_token_scope(by, KIND, "read") and about is not None and may_see(by, about)
