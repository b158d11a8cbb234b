"""All that people can do with segments."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, NotFound

from ..access import permit, visible
from ..changing import apply_changes
from ..faces import Ask, registry
from .events import SegmentChanged, SegmentCreated, SegmentSwitched
from .founding import found_later
from .members import write_members
from .membership import field_of, names
from .models import BY_HAND, CONDITION, FOUNDING, WAYS, Segment
from .parts import leave_off
from .rules import read_condition

TEXTS = {"name": 120, "name_zh": 120, "about": 2000}
MOST_BY_HAND = 10_000
"""Records that one action adds or takes out."""
_ONE_AT_A_TIME = 7_305_114


@action
def create_segment(
    *,
    kind: Annotated[str, Ask(gettext_lazy("Kind of record"))],
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    name_zh: Annotated[str, Ask(gettext_lazy("Chinese name"))] = "",
    about: Annotated[str, Ask(gettext_lazy("What it is for"), long=True)] = "",
    way: Annotated[str, Ask(gettext_lazy("Kept"), choices=WAYS)] = CONDITION,
    condition: Mapping[str, Any] | None = None,
    by: Actor,
) -> Segment:
    """Make a segment of a record type; its members are worked out in the background.

    Raises Invalid for an unknown type, a missing name or a condition that depends on who asks; ConditionError.
    """
    permit(by, kind="segment")
    if kind not in registry or field_of(kind) is None:
        raise Invalid(errors=[FieldError("/kind", _("There is no such kind of record."))])
    if way not in dict(WAYS):
        raise Invalid(errors=[FieldError("/way", _("Choose one of the values."))])
    texts = _texts({"name": name, "name_zh": name_zh, "about": about})
    meant = read_condition(dict(condition or {}), kind) if way == CONDITION else {}
    segment = Segment(kind=kind, way=way, condition=meant, owner_id=by.person_id, **texts)
    segment.state = FOUNDING if way == CONDITION else segment.state
    segment.save()
    record(SegmentCreated(segment=segment, kind=kind, way=way, condition=meant))
    names.forget()
    if way == CONDITION:
        found_later(segment)
    return segment


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    found, errors = {}, []
    for name, value in given.items():
        text = str(value).replace("\0", "").strip()
        if len(text) > TEXTS[name] or (name == "name" and not text):
            told = (
                _("Give it 1 to %(most)d characters.")
                if name == "name"
                else _("At most %(most)d characters.")
            )
            errors.append(FieldError(f"/{name}", told % {"most": TEXTS[name]}))
        found[name] = text
    if errors:
        raise Invalid(errors=errors)
    return found


@action
def change_segment(
    *, segment: Segment, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Segment:
    """Change names, purpose or condition; with another condition the members are worked out anew.

    Raises Invalid for what cannot be changed and for a segment that would depend on itself; ConditionError; Stale.
    """
    segment = hold(segment)
    permit(by, segment)
    changed = apply_changes(segment, {n: v for n, v in changes.items() if n != "condition"}, seen=seen)
    if "condition" in changes and segment.way == CONDITION:
        with (
            connection.cursor() as cursor
        ):  # two that would begin to depend on each other wait for one another
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        meant = read_condition(changes["condition"], segment.kind, segment_id=segment.pk)
        if meant != segment.condition:
            changed["condition"] = [segment.condition, meant]
    if not changed:
        return segment
    if "condition" in changed:
        segment.condition = changed["condition"][1]
        segment.generation += 1
        segment.state = FOUNDING
        found_later(segment)
    segment.save()
    record(SegmentChanged(segment=segment, changes=changed))
    names.forget()
    return segment


@action
def switch_off_segment(*, segment: Segment, by: Actor) -> Segment:
    """Leave the members as they are from now on."""
    segment = hold(segment)
    permit(by, segment)
    return _switched(segment, is_active=False)


@action
def switch_on_segment(*, segment: Segment, by: Actor) -> Segment:
    """Keep the segment up again; what happened meanwhile is made up for."""
    segment = hold(segment)
    permit(by, segment)
    return _switched(segment, is_active=True)


def _switched(segment: Segment, *, is_active: bool) -> Segment:
    if segment.is_active == is_active:
        return segment
    segment.is_active = is_active
    if not is_active and segment.state == FOUNDING:
        leave_off(segment)
    if is_active and segment.way == CONDITION:
        segment.generation += 1
        segment.state = FOUNDING
        found_later(segment)
    segment.save()
    record(SegmentSwitched(segment=segment, is_active=is_active))
    return segment


@action
def add_members(*, segment: Segment, ids: Collection[int], by: Actor) -> int:
    """Add records to a segment that is kept by hand; how many were not in it yet. Raises Conflict, NotFound."""
    segment = _by_hand(segment, by)
    came, _went = write_members(segment, _seen(segment, ids, by), (), by, {})
    return len(came)


@action
def take_members(*, segment: Segment, ids: Collection[int], by: Actor) -> int:
    """Take records out of a segment that is kept by hand; how many were in it. Raises Conflict, NotFound."""
    segment = _by_hand(segment, by)
    _came, went = write_members(segment, (), _seen(segment, ids, by), by, {})
    return len(went)


def _by_hand(segment: Segment, by: Actor) -> Segment:
    segment = hold(segment)
    permit(by, segment)
    if segment.way != BY_HAND:
        raise Conflict(
            _("“%(name)s” is kept by its condition.") % {"name": segment},
            remedy=_("Change the condition, or choose a segment that is kept by hand."),
        )
    return segment


def _seen(segment: Segment, ids: Collection[int], by: Actor) -> list[int]:
    """The records, if there are not too many and the actor sees all of them."""
    wanted = set(ids)
    if len(wanted) > MOST_BY_HAND:
        raise Invalid(errors=[FieldError("/ids", _("At most %(most)d at once.") % {"most": MOST_BY_HAND})])
    rows = visible(by, registry[segment.kind].model._default_manager.filter(pk__in=wanted))
    found = set(rows.values_list("pk", flat=True))
    if found != wanted:
        raise NotFound(str(min(wanted - found)))
    return sorted(found)
