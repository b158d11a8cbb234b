"""All that can be done with rules."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import EVERYTHING
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import ADMINISTRATOR, permit
from kinflow.records.versions import earlier_version, read_text, refuse_outdated, refuse_strangers

from ..parameters import finite
from .cycles import circle
from .drafts import Draft, draft_of, read_draft
from .event_names import kinds
from .events import RuleAdded, RuleChanged, RuleRestored, RuleSwitchedOff, RuleSwitchedOn
from .letting_go import let_go
from .live import Live, living
from .models import Rule, RuleVersion
from .taking_in import begin
from .triggers import kept_trigger

CONTENT = ("trigger", "condition", "steps")
OWN = ("name", "name_zh", "owner", "hourly_limit")


def current_version(rule: Rule) -> RuleVersion:
    """The version that counts now."""
    return rule.versions.get(number=rule.number)


def read_own(given: Mapping[str, Any], rule_id: int | None = None) -> dict[str, Any]:
    """The rule's own fields cleaned. Raises Invalid naming what is wrong."""
    errors: list[FieldError] = []
    name, name_zh = read_text(given, "name", errors), read_text(given, "name_zh", errors)
    if not name and not errors:
        errors.append(FieldError("/name", _("Give it a name.")))
    elif name and Rule.objects.filter(name=name).exclude(pk=rule_id or 0).exists():
        errors.append(FieldError("/name", _("Another rule has this name.")))
    owner = read_owner(given.get("owner"))
    if owner is None:
        errors.append(FieldError("/owner", _("Choose who owns the rule: it may do what they may.")))
    limit: Any = given.get("hourly_limit")
    number = None if limit in (None, "") else finite(limit)
    if limit not in (None, "") and (number is None or number != int(number) or not 1 <= number <= 1_000_000):
        errors.append(FieldError("/hourly_limit", _("Give a whole number from 1 to 1,000,000, or nothing.")))
    if errors:
        raise Invalid(errors=errors)
    return {
        "name": name,
        "name_zh": name_zh,
        "owner": owner,
        "hourly_limit": None if number is None else int(number),
    }


def _permit_owner(by: Actor, owner: Person) -> None:
    """Nobody lets a rule do what they may not: only an administrator may let it act as one."""
    if by.kind == "person" and ADMINISTRATOR in owner.roles and ADMINISTRATOR not in by.roles:
        raise Refused(
            _("A rule of %(who)s may do everything: only an administrator may write it.")
            % {"who": owner.name},
            remedy=_("Let the rule be owned by somebody who may do just what it does."),
        )


def read_owner(given: Any) -> Person | None:
    """Who works here and has this number."""
    if isinstance(given, Person):
        return given
    number = finite(given)
    if number is None or number != int(number) or not 0 < number < 2**53:
        return None
    return Person.objects.filter(pk=int(number), left_on=None).first()


def checked(kind: str, content: Mapping[str, Any], owner: Person | None, rule_id: int | None = None) -> Draft:
    """The draft of a rule that may be kept. Raises Invalid: also where it would set itself off without end."""
    if kind not in dict(kinds()):
        raise Invalid(errors=[FieldError("/kind", _("Choose one of the kinds of record."))])
    draft = read_draft(kind, content, owner)
    if draft.condition == EVERYTHING and circle(draft, (), rule_id) == []:
        words = _("This rule would set itself off without end: add a condition that its own steps end.")
        raise Invalid(errors=[FieldError("/condition", words)])
    return draft


def _keep(rule: Rule, content: Mapping[str, Any], draft: Draft, by: Actor) -> None:
    version = RuleVersion(
        rule=rule,
        number=rule.number,
        trigger=kept_trigger(draft.trigger),
        condition=content.get("condition") or {},
        steps=list(content.get("steps") or []),
        made_by=by.name or by.id,
    )
    version.save()


@action
def add_rule(
    *,
    kind: str,
    name: str,
    trigger: Mapping[str, Any],
    steps: Any,
    condition: Mapping[str, Any] | None = None,
    name_zh: str = "",
    owner: Any = None,
    hourly_limit: int | None = None,
    shipped_as: str = "",
    by: Actor,
) -> Rule:
    """Add a rule for records of a kind, as version 1, switched off. Its owner is whoever adds it unless another is named.

    trigger: {"when": "event", "events": […]}, {"when": "state", "for": {"amount", "unit"}, "calendar": …} or
    {"when": "schedule", "every": …, "at": "09:00", "on": …}; steps: [{"step": name, "parameters": {…}}, …].
    Raises Invalid naming each part that is wrong.
    """
    permit(by, kind="rule")
    own = read_own(
        {"name": name, "name_zh": name_zh, "owner": owner or by.person_id, "hourly_limit": hourly_limit}
    )
    _permit_owner(by, own["owner"])
    content = {"trigger": trigger, "condition": condition, "steps": steps}
    draft = checked(kind, content, own["owner"])
    rule = Rule(kind=kind, shipped_as=shipped_as, **own)
    rule.save()
    _keep(rule, content, draft, by)
    record(RuleAdded(rule=rule))
    return rule


@action
def change_rule(*, rule: Rule, changes: Mapping[str, Any], seen: int | None = None, by: Actor) -> Rule:
    """Change a rule; what changes its content makes a new version, which begins at once if the rule is on.

    `seen` is the version the editor began with. Raises Stale where it is another now, Invalid for what is wrong.
    """
    rule = hold(rule)
    permit(by, rule)
    refuse_strangers(changes, (*CONTENT, *OWN))
    refuse_outdated(rule.number, seen)
    before = current_version(rule).content()
    old = {name: getattr(rule, name) for name in OWN}
    own = read_own({**old, **{k: v for k, v in changes.items() if k in OWN}}, rule.pk)
    _permit_owner(by, rule.owner)
    _permit_owner(by, own["owner"])
    content = before | {k: v for k, v in changes.items() if k in CONTENT}
    draft = checked(rule.kind, content, own["owner"], rule.pk)
    after = {**content, "trigger": kept_trigger(draft.trigger), "condition": content["condition"] or {}}
    changed: dict[str, Any] = {k: [str(old[k] or ""), str(own[k] or "")] for k in OWN if old[k] != own[k]}
    for name, value in own.items():
        setattr(rule, name, value)
    if after != before:
        rule.number += 1
        _keep(rule, after, draft, by)
        changed |= {k: [before[k], after[k]] for k in CONTENT if before[k] != after[k]}
    if changed:
        rule.save()
        if rule.is_active and after != before:
            begin(Live(rule, draft, rule.owner), timezone.now())
        record(RuleChanged(rule=rule, number=rule.number, changes=changed))
    return rule


@action
def switch_rule(*, rule: Rule, is_active: bool, by: Actor) -> Rule:
    """Let a rule act from now on, or no more. Raises Invalid where what it says cannot work any more."""
    rule = hold(rule)
    permit(by, rule)
    if rule.is_active == is_active:
        return rule
    if is_active:
        checked(rule.kind, current_version(rule).content(), rule.owner, rule.pk)
    rule.is_active, rule.stopped_why = is_active, ""
    rule.switched_on_at = timezone.now() if is_active else None
    rule.save()
    if is_active:
        begin(Live(rule, draft_of(rule.pk, rule.number), rule.owner), timezone.now())
    else:
        let_go(rule.pk)
    record(RuleSwitchedOn(rule=rule) if is_active else RuleSwitchedOff(rule=rule))
    return rule


@action
def restore_rule(*, rule: Rule, number: int, by: Actor) -> Rule:
    """Let an earlier version count again, as a new one. Raises NotFound, or Invalid where it cannot work any more."""
    rule = hold(rule)
    permit(by, rule)
    earlier = earlier_version(rule, number)
    if number != rule.number:
        _permit_owner(by, rule.owner)
        draft = checked(rule.kind, earlier.content(), rule.owner, rule.pk)
        rule.number += 1
        _keep(rule, earlier.content(), draft, by)
        rule.save()
        if rule.is_active:
            begin(Live(rule, draft, rule.owner), timezone.now())
        record(RuleRestored(rule=rule, number=rule.number, restored=number))
    return rule


def others(rule_id: int | None) -> list[Live]:
    """The other rules that are on, to look for circles."""
    return list(living(Rule.objects.filter(is_active=True).exclude(pk=rule_id or 0)))
