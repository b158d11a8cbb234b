"""A rule's content read and checked: what is wrong is named part by part."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from kinflow.conditions import EVERYTHING, Condition, ConditionError, constants, parse
from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.people.models import Person
from kinflow.records.faces import VOCABULARY

from .models import Rule, RuleVersion
from .plans import Planned, read_steps
from .triggers import Trigger, read_trigger

MOST_KNOWN = 20_000


@dataclass(frozen=True)
class Draft:
    """A rule's content, ready to be used."""

    kind: str
    trigger: Trigger
    condition: Condition
    steps: tuple[Planned, ...]


_known: dict[tuple[int, int], Draft] = {}
"""By rule and number what was read; emptied when it grows too large."""


def read_draft(kind: str, content: Mapping[str, Any], owner: Person | None) -> Draft:
    """The content as a value. Raises Invalid naming each part that is wrong, or that could never work."""
    errors: list[FieldError] = []
    trigger = read_trigger(content.get("trigger"), errors)
    condition = _condition(content.get("condition") or {}, kind, errors)
    steps = read_steps(content.get("steps") or [], kind, errors)
    if trigger is not None:
        _check_calendar(trigger, owner, errors)
        if trigger.when == "state" and condition == EVERYTHING and not errors:
            errors.append(
                FieldError("/condition", _("A state needs a condition: without one it holds for everything."))
            )
    if errors or trigger is None:
        raise Invalid(errors=errors)
    return Draft(kind, trigger, condition, steps)


def _condition(given: Any, kind: str, errors: list[FieldError]) -> Condition:
    try:
        found = parse(given, kind, VOCABULARY)
    except ConditionError as refused:
        errors.append(FieldError(f"/condition{refused.pointer}", refused.message))
        return EVERYTHING
    for path, allowed in constants(found).items():
        if not allowed:
            words = _("This can never hold: it asks for two values of “%(field)s” at once.")
            errors.append(FieldError("/condition", words % {"field": path}))
    return found


def _check_calendar(trigger: Trigger, owner: Person | None, errors: list[FieldError]) -> None:
    if not trigger.calendar:
        return
    if trigger.calendar == "owner":
        if owner is not None and owner.calendar_id is None:
            words = _(
                "The rule’s owner has no working calendar to fall back on: choose a calendar, or give them one."
            )
            errors.append(FieldError("/trigger/calendar", words))
        return
    row = WorkingCalendar.objects.filter(pk=int(trigger.calendar)).first()
    if row is None:
        errors.append(FieldError("/trigger/calendar", _("There is no such calendar.")))
    elif calendar_of(row).week.is_empty:
        errors.append(FieldError("/trigger/calendar", _("This calendar has no working hours.")))


def kept_draft(kind: str, content: Mapping[str, Any]) -> Draft:
    """Content that was checked when it was kept. Raises Invalid or ConditionError where parts are gone."""
    errors: list[FieldError] = []
    trigger = read_trigger(content.get("trigger"), errors)
    steps = read_steps(content.get("steps") or [], kind, errors, is_kept=True)
    condition = parse(content.get("condition") or {}, kind, VOCABULARY)
    if errors or trigger is None:
        raise Invalid(errors=errors)
    return Draft(kind, trigger, condition, steps)


def draft_of(rule_id: int, number: int) -> Draft:
    """A version's draft; versions never change, so each is read once a process. Raises Invalid, ConditionError."""
    known = _known.get((rule_id, number))
    if known is None:
        version = RuleVersion.objects.select_related("rule").get(rule_id=rule_id, number=number)
        known = _keep(version)
    return known


def read_drafts(rules: Iterable[Rule]) -> None:
    """Read the present versions of rules that were not read yet in one query; those with parts that are gone stay out."""
    wanted = {rule.pk: rule for rule in rules if (rule.pk, rule.number) not in _known}
    for version in RuleVersion.objects.filter(rule__in=list(wanted), number=F("rule__number")):
        version.rule = wanted[version.rule_id]
        with suppress(Problem):
            _keep(version)


def forget_drafts() -> None:
    """Forget what was read; for tests, in which numbers begin anew."""
    _known.clear()


def _keep(version: RuleVersion) -> Draft:
    draft = kept_draft(version.rule.kind, version.content())
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[version.rule_id, version.number] = draft
    return draft
