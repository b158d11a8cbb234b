"""Which group a record has in the running deployment of a design, and so which version it runs by: decided once."""

import hashlib
from collections.abc import Callable

from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Condition, ConditionError, Context, holds, parse
from kinflow.eventlog import record
from kinflow.eventlog.command import attempt
from kinflow.kit.problem import Conflict
from kinflow.organisation.users.actors import UnitsUnder
from kinflow.records.faces import VOCABULARY

from ..designs.models import ProcessDesign
from .events import RecordPlaced
from .models import COMPARED, NEW, NONE, RUNNING, WATCHED, Deployment, Placement


class ConditionGone(Conflict):
    """A condition of a deployment names what is not there any more."""

    code = "deployment-condition-gone"


def running_of(design: ProcessDesign) -> Deployment | None:
    """The deployment of a design that runs now."""
    return (
        Deployment.objects.select_related("design__owner__unit").filter(design=design, state=RUNNING).first()
    )


def place(deployment: Deployment, about: Model) -> Placement:
    """The record's group, locked until the transaction ends; assigned now where it has none. Within an action."""
    known = _placed(deployment, about)
    if known is not None:
        return known
    try:
        with attempt():
            return _assign(deployment, about)
    except IntegrityError:  # another worker placed it at the same moment
        known = _placed(deployment, about)
        if known is None:
            raise
        return known


def _placed(deployment: Deployment, about: Model) -> Placement | None:
    rows = Placement.objects.select_for_update().filter(deployment=deployment, about_id=about.pk)
    return rows.filter(about_kind=about._meta.model_name).first()


def _assign(deployment: Deployment, about: Model) -> Placement:
    placement = placement_for(deployment, about)
    placement.save()
    record(RecordPlaced(deployment=deployment, record=about, group=placement.group, number=placement.number))
    return placement


def placement_for(deployment: Deployment, about: Model) -> Placement:
    """The group that a record is to have, not kept yet. Raises ConditionGone."""
    group = group_of(deployment, about)
    return Placement(
        deployment=deployment,
        about_kind=str(about._meta.model_name),
        about_id=about.pk,
        group=group,
        number=number_of(deployment, group),
    )


def group_of(deployment: Deployment, about: Model) -> str:
    """The group that a record falls into; always the same for a share."""
    match deployment.way:
        case "all":
            return NEW
        case "shadow":
            return WATCHED
        case "condition":
            return NEW if matches(deployment, deployment.condition, about) else COMPARED
    kind, pk = str(about._meta.model_name), about.pk
    return NEW if drawn(deployment.pk, kind, pk) * 100 < deployment.share else COMPARED


def drawn(deployment: int, kind: str, pk: int) -> float:
    """A number from 0 up to 1 that a record draws in a deployment: by chance, but always the same."""
    digest = hashlib.sha256(f"{deployment}:{kind}:{pk}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def number_of(deployment: Deployment, group: str) -> int | None:
    """The version that records of a group run by; None for no process."""
    if group == NEW:
        return deployment.number
    if group == COMPARED and deployment.comparison == NONE:
        return None
    return deployment.before


def matches(deployment: Deployment, condition: object, about: Model) -> bool:
    """Whether a kept condition holds for a record; "me" is the design's owner. Raises ConditionGone."""
    return asker(deployment, condition)(about)


def asker(deployment: Deployment, condition: object) -> Callable[[Model], bool]:
    """What says for many records whether a kept condition holds.

    Raises ConditionGone where it cannot be read any more.
    """
    owner = deployment.design.owner
    try:
        asked: Condition = parse(condition or {}, deployment.design.kind, VOCABULARY)
    except ConditionError as gone:
        raise ConditionGone(
            _("A condition of deployment “%(deployment)s” cannot be read any more: %(why)s")
            % {"deployment": deployment, "why": gone.message},
            remedy=_("Deploy the version anew, with another condition."),
        ) from None
    context = Context(timezone.now(), timezone.get_current_timezone(), owner.pk, UnitsUnder(owner.unit))
    return lambda about: holds(asked, about, context)
