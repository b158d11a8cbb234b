"""All that can be done with scorings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.people.models import WORK_KINDS
from kinflow.records.access import permit
from kinflow.records.faces import VOCABULARY
from kinflow.records.versions import (
    earlier_version,
    read_position,
    read_text,
    refuse_outdated,
    refuse_strangers,
)

from ..parameters import finite
from .drafts import read_draft
from .events import ScoringAdded, ScoringChanged, ScoringRestored, ScoringSwitchedOff, ScoringSwitchedOn
from .models import Scoring, ScoringVersion
from .using import current_version

CONTENT = ("eligibility", "criteria", "fallback", "minimum_points", "tell", "offer")
OWN = ("name", "name_zh", "condition", "position")


def _check(kind: str, given: Mapping[str, Any], scoring_id: int | None = None) -> dict[str, Any]:
    """The scoring's own fields cleaned; Invalid names what is wrong."""
    errors: list[FieldError] = []
    name, name_zh = read_text(given, "name", errors), read_text(given, "name_zh", errors)
    if kind not in dict(WORK_KINDS):
        errors.append(FieldError("/kind", _("Choose one of the kinds of work.")))
    if not name and not errors:
        errors.append(FieldError("/name", _("Give it a name.")))
    elif name and Scoring.objects.filter(kind=kind, name=name).exclude(pk=scoring_id or 0).exists():
        errors.append(FieldError("/name", _("Another scoring has this name.")))
    position = read_position(finite(given.get("position")), errors)
    condition = given.get("condition") or {}
    try:
        if not errors:
            parse(condition, kind, VOCABULARY)
    except ConditionError as refused:
        errors.append(FieldError(f"/condition{refused.pointer}", refused.message))
    if errors:
        raise Invalid(errors=errors)
    return {"name": name, "name_zh": name_zh, "condition": condition, "position": position}


def _write_version(scoring: Scoring, content: Mapping[str, Any], by: Actor) -> ScoringVersion:
    kept = kept_content(content)
    version = ScoringVersion(
        scoring=scoring,
        number=scoring.number,
        fallback_id=kept.pop("fallback"),
        made_by=by.name or by.id,
        **kept,
    )
    version.save()
    return version


def kept_content(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as a version keeps it, numbers as numbers. Raises Invalid naming each part that is wrong."""
    draft = read_draft(content)
    weighted = zip(content["criteria"], draft.criteria, strict=True)
    return {
        "eligibility": list(content.get("eligibility") or []),
        "criteria": [{**part, "weight": _short(each.weight)} for part, each in weighted],
        "fallback": draft.fallback_id,
        "minimum_points": draft.minimum_points,
        "tell": list(draft.tell),
        "offer": draft.offer.content() if draft.offer else None,
    }


def _short(weight: float) -> float:
    return int(weight) if weight.is_integer() else weight


@action
def add_scoring(
    *,
    kind: str,
    name: str,
    criteria: Sequence[Mapping[str, Any]],
    eligibility: Sequence[Mapping[str, Any]] = (),
    condition: Mapping[str, Any] | None = None,
    name_zh: str = "",
    position: int = 10,
    fallback: Any = None,
    minimum_points: float | None = None,
    tell: Sequence[Any] = (),
    offer: Mapping[str, Any] | None = None,
    is_active: bool = True,
    shipped_as: str = "",
    by: Actor,
) -> Scoring:
    """Add a scoring for a kind of work, as version 1.

    criteria: [{"criterion": name, "weight": points, "parameters": {…}}, …]; eligibility: [{"rule": name,
    "parameters": {…}}, …]; condition: which items it is for; fallback, tell: people or their ids; offer: {"minutes": 30,
    "working_time": true} to offer instead of giving.
    Raises Invalid naming each part that is wrong.
    """
    permit(by, kind="scoring")
    own = _check(kind, {"name": name, "name_zh": name_zh, "condition": condition, "position": position})
    scoring = Scoring(kind=kind, is_active=is_active, shipped_as=shipped_as, **own)
    content = {
        "criteria": criteria,
        "eligibility": eligibility,
        "fallback": fallback,
        "minimum_points": minimum_points,
        "tell": tell,
        "offer": offer,
    }
    read_draft(content)
    scoring.save()
    _write_version(scoring, content, by)
    record(ScoringAdded(scoring=scoring, kind=kind))
    return scoring


@action
def change_scoring(
    *, scoring: Scoring, changes: Mapping[str, Any], seen: int | None = None, by: Actor
) -> Scoring:
    """Change a scoring; what changes its content makes a new version.

    `seen` is the version the editor began with. Raises Stale where it is another now, Invalid for unknown fields.
    """
    scoring = hold(scoring)
    permit(by, scoring)
    refuse_strangers(changes, (*CONTENT, *OWN))
    refuse_outdated(scoring.number, seen)
    before = current_version(scoring).content()
    old = {name: getattr(scoring, name) for name in OWN}
    own = _check(scoring.kind, {**old, **{k: v for k, v in changes.items() if k in OWN}}, scoring.pk)
    asked = {k: v for k, v in changes.items() if k in CONTENT}
    after = kept_content(before | asked) if asked else before
    changed: dict[str, Any] = {k: [old[k], own[k]] for k in OWN if old[k] != own[k]}
    for name, value in own.items():
        setattr(scoring, name, value)
    if after != before:
        scoring.number += 1
        version = _write_version(scoring, after, by)
        new = version.content()
        changed |= {k: [before[k], new[k]] for k in CONTENT if before[k] != new[k]}
    if changed:
        scoring.save()
        record(ScoringChanged(scoring=scoring, number=scoring.number, changes=changed))
    return scoring


@action
def switch_scoring(*, scoring: Scoring, is_active: bool, by: Actor) -> Scoring:
    """Use a scoring from now on, or no more."""
    scoring = hold(scoring)
    permit(by, scoring)
    if scoring.is_active != is_active:
        scoring.is_active = is_active
        scoring.save()
        record(ScoringSwitchedOn(scoring=scoring) if is_active else ScoringSwitchedOff(scoring=scoring))
    return scoring


@action
def restore_scoring(*, scoring: Scoring, number: int, by: Actor) -> Scoring:
    """Let an earlier version count again, as a new version. Raises NotFound where there is no such version."""
    scoring = hold(scoring)
    permit(by, scoring)
    earlier = earlier_version(scoring, number)
    if number != scoring.number:
        scoring.number += 1
        _write_version(scoring, earlier.content(), by)
        scoring.save()
        record(ScoringRestored(scoring=scoring, number=scoring.number, restored=number))
    return scoring
