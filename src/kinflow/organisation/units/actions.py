"""All that can be done with units."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.eventlog.bulk import reserve_ids
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..retiring import refuse_needed
from .events import UnitAdded, UnitChanged, UnitClosed, UnitMoved, UnitReopened
from .models import Unit
from .rules import KINDS, LONGEST_PATH, ROOT, closes_circle, moved_path, path_under


class UnitCircle(Conflict):
    """A unit would belong to itself."""

    code = "unit-circle"


class UnitNameTaken(Conflict):
    """There is a unit of this name at the same place."""

    code = "unit-name-taken"


class UnitIsClosed(Conflict):
    """The unit is closed, or is open already."""

    code = "unit-closed"


class UnitInUse(Conflict):
    """People or other units still belong to the unit."""

    code = "unit-in-use"


def refuse_closed(unit: Unit | None, field: str) -> None:
    """Raise UnitIsClosed where the unit is closed."""
    if unit is not None and unit.is_closed:
        raise UnitIsClosed(
            _("%(unit)s is closed.") % {"unit": unit.name},
            field=field,
            remedy=_("Choose an open unit, or reopen this one first."),
        )


def _refuse_wrong(unit: Unit) -> None:
    errors = []
    if not unit.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if unit.kind not in dict(KINDS):
        errors.append(FieldError("/kind", _("Choose one of the values.")))
    if len(unit.path) > LONGEST_PATH:
        errors.append(FieldError("/parent", _("This lies too many levels deep.")))
    if errors:
        raise Invalid(errors=errors)
    if Unit.objects.filter(parent=unit.parent_id, name=unit.name).exclude(pk=unit.pk).exists():
        raise UnitNameTaken(
            _("There is a unit “%(name)s” here already.") % {"name": unit.name},
            field="/name",
            remedy=_("Use that unit, or give this one another name."),
        )


@action
def add_unit(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=KINDS)] = "department",
    parent: Annotated[Unit | None, Ask(gettext_lazy("Belongs to"))] = None,
    region: Annotated[str, Ask(gettext_lazy("Region"))] = "",
    by: Actor,
) -> Unit:
    """Add a part of the organisation; without a parent it is a root.

    Raises Invalid, UnitNameTaken where its parent has one of this name, UnitIsClosed where the parent is closed.
    """
    permit(by, kind="unit")
    parent = hold(parent) if parent is not None else None
    refuse_closed(parent, "/parent")
    unit = Unit(
        pk=reserve_ids(Unit, 1)[0], name=name.strip(), kind=kind, parent=parent, region=region.strip()
    )
    unit.path = path_under(parent.path if parent else ROOT, unit.pk)
    _refuse_wrong(unit)
    unit.save(force_insert=True)
    record(UnitAdded(unit=unit, parent=parent, kind=kind))
    return unit


@action
def change_unit(
    *, unit: Unit, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Unit:
    """Change fields; `seen` are the values the editor saw."""
    unit = hold(unit)
    permit(by, unit)
    changed = apply_changes(unit, changes, seen=seen)
    if changed:
        _refuse_wrong(unit)
        if "lead" in changed and unit.lead is not None and unit.lead.left_on is not None:
            raise Invalid(errors=[FieldError("/lead", _("This person does not work here any more."))])
        unit.save()
        record(UnitChanged(unit=unit, changes=changed))
    return unit


def _hold_tree() -> dict[int, Unit]:
    """All units, locked in one order, so that two moves at once cannot tie a knot."""
    return {unit.pk: unit for unit in Unit.objects.select_for_update(of=("self",)).order_by("pk")}


@action
def move_unit(
    *, unit: Unit, parent: Annotated[Unit | None, Ask(gettext_lazy("Belongs to"))], by: Actor
) -> Unit:
    """Put a unit, with all below it, under another one; None makes it a root.

    Raises UnitCircle where the new parent lies below the unit.
    """
    permit(by, unit)
    tree = _hold_tree()
    unit, parent = hold(unit), tree.get(parent.pk) if parent is not None else None
    refuse_closed(parent, "/parent")
    if parent is not None and closes_circle(unit.pk, parent.path):
        raise UnitCircle(
            _("%(parent)s belongs to %(unit)s itself.") % {"parent": parent.name, "unit": unit.name},
            field="/parent",
            remedy=_("Choose a unit that does not lie below this one."),
        )
    before, old = unit.parent, unit.path
    if before == parent:
        return unit
    unit.parent, unit.path = parent, path_under(parent.path if parent else ROOT, unit.pk)
    _refuse_wrong(unit)
    unit.save()
    below = [each for each in tree.values() if each.path.startswith(old) and each.pk != unit.pk]
    for each in below:
        each.path = moved_path(each.path, old, unit.path)
        _refuse_wrong(each)
        each.save()
    record(UnitMoved(unit=unit, parent=parent, before=before, below=below))
    return unit


@action
def close_unit(*, unit: Unit, by: Actor) -> Unit:
    """Close a unit that nobody and nothing belongs to any more.

    Raises UnitInUse where people or open units still do; StillInUse where something else needs it.
    """
    unit = hold(unit)
    permit(by, unit)
    refuse_closed(unit, "")
    people = unit.people.filter(left_on=None).count()
    units = unit.children.filter(is_closed=False).count()
    if people or units:
        raise UnitInUse(
            _("%(people)d people and %(units)d units still belong to %(unit)s.")
            % {"people": people, "units": units, "unit": unit.name},
            remedy=_("Move them to other units first."),
        )
    refuse_needed(unit, remedy=_("Change that first, then close it."))
    unit.is_closed = True
    unit.save()
    record(UnitClosed(unit=unit))
    return unit


@action
def reopen_unit(*, unit: Unit, by: Actor) -> Unit:
    """Use a closed unit again.

    Raises UnitIsClosed where the unit above is closed, or the unit is open already.
    """
    unit = hold(unit)
    permit(by, unit)
    refuse_closed(unit.parent, "")
    if not unit.is_closed:
        raise UnitIsClosed(_("%(unit)s is open already.") % {"unit": unit.name})
    unit.is_closed = False
    unit.save()
    record(UnitReopened(unit=unit))
    return unit
