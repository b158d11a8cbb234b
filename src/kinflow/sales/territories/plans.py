"""Plans: what a change of rules would move, made so in one step, and taken back."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.customers.models import Account
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.models import Person, Territory
from kinflow.organisation.retiring import refuse_retired
from kinflow.organisation.skills.actions import change_territory
from kinflow.records.access import permit

from .claims import KEPT, rules_now, work_out
from .events import TerritoryPlanApplied, TerritoryPlanProposed, TerritoryPlanUndone, TerritoryRuleChanged
from .keeping import Figures, Move, figures_of, lock, moves_by_now, settle
from .models import (
    APPLIED,
    PROPOSED,
    UNDONE,
    AccountTerritory,
    NotOpen,
    TerritoryMove,
    TerritoryPlan,
    TerritoryRule,
)
from .rules import Rule, read_rule, rule_of

MOST = 500
"""Territories that one plan changes."""


@action
def propose_territory_plan(
    *, changes: Mapping[int, Mapping[str, Any]], instead: TerritoryPlan | None = None, by: Actor
) -> TerritoryPlan:
    """Work out what other rules would move; nothing changes. With `instead` that plan is worked out anew.

    `changes` are the rules by territory: places, condition, rank, named, left_out; what one leaves out stays as it is.
    Raises Invalid, ConditionError, Retired, NotOpen.
    """
    permit(by, kind="territoryplan")
    plan = hold(instead) if instead is not None else TerritoryPlan(owner_id=by.person_id)
    if plan.state != PROPOSED:
        raise NotOpen(_("This plan is not open any more."), remedy=_("Make a new plan."))
    now = {rule.territory_id: rule for rule in rules_now()}
    wanted = _read(changes, now)
    plan.before = {str(pk): now[pk].kept() for pk in wanted}
    plan.changes = {str(pk): rule.kept() for pk, rule in wanted.items()}
    plan.made_at = timezone.now()
    if not AccountTerritory.objects.exists():
        settle(list(now.values()), None, {}, tell=False)
    before = figures_of(KEPT)
    counts = _counts(KEPT)
    lock()
    work_out([wanted.get(pk, rule) for pk, rule in now.items()])
    with connection.cursor() as cursor:
        moves = moves_by_now(cursor)
    plan.figures = _figures(moves, before, figures_of("territory_now"), counts, _counts("territory_now"))
    plan.save()
    _keep_moves(plan, moves)
    planned = tuple(Territory(pk=pk) for pk in wanted)
    record(TerritoryPlanProposed(territoryplan=plan, planned=planned, moved=len(moves)))
    return plan


def _read(changes: Mapping[int, Mapping[str, Any]], now: Mapping[int, Rule]) -> dict[int, Rule]:
    if not 0 < len(changes) <= MOST:
        told = _("Name 1 to %(most)d territories.") % {"most": MOST}
        raise Invalid(errors=[FieldError("/changes", told)])
    found = {}
    for pk, raw in changes.items():
        if pk not in now:
            refuse_retired(Territory.objects.filter(pk=pk).first(), "/changes")
            told = _("There is no territory %(number)s.") % {"number": pk}
            raise Invalid(errors=[FieldError(f"/changes/{pk}", told)])
        found[pk] = read_rule(pk, {**now[pk].kept(), **raw})
    ids = {pk for rule in found.values() for pk in (*rule.named, *rule.left_out)}
    missing = ids - set(Account.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if missing:
        told = _("There is no account %(number)s.") % {"number": min(missing)}
        raise Invalid(errors=[FieldError("/named", told)])
    return found


def _counts(table: str) -> dict[int, int]:
    """By territory the accounts that it has first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT territory_id, count(*) FROM {table} WHERE is_first GROUP BY 1")  # noqa: S608
        return dict(cursor.fetchall())


def _figures(
    moves: list[Move], before: Figures, after: Figures, had: Mapping[int, int], gets: Mapping[int, int]
) -> dict[str, Any]:
    """What the plan's page shows: accounts and people of each territory, and how many go from where to where."""
    here = Q(people__left_on=None) | Q(people__left_on__gt=timezone.localdate())
    rows = Territory.objects.filter(Q(is_retired=False) | Q(pk__in=list(had))).annotate(
        keepers=Count("people", filter=here, distinct=True)
    )
    flows = Counter((was, becomes) for _account, was, becomes in moves)
    return {
        "moved": len(moves),
        "without": [before.without, after.without],
        "undecided": [before.undecided, after.undecided],
        "territories": [
            {"id": row.pk, "people": row.keepers, "before": had.get(row.pk, 0), "after": gets.get(row.pk, 0)}
            for row in rows.order_by("name")
        ],
        "flows": [[was, becomes, count] for (was, becomes), count in flows.most_common()],
    }


def _keep_moves(plan: TerritoryPlan, moves: list[Move]) -> None:
    TerritoryMove.objects.filter(plan=plan).delete()
    rows = (
        TerritoryMove(plan=plan, account_id=a, before_id=was, after_id=becomes) for a, was, becomes in moves
    )
    TerritoryMove.objects.bulk_create(rows, batch_size=5_000)


@action
def apply_territory_plan(*, plan: TerritoryPlan, by: Actor) -> TerritoryPlan:
    """Make the planned rules those of the territories, and move the accounts, in one step.

    Raises NotOpen where the plan was applied, or one of its rules was changed since.
    """
    permit(by, kind="territoryplan")
    plan = hold(plan)
    if plan.state != PROPOSED:
        raise NotOpen(_("This plan was applied already."), remedy=_("Make a new plan."))
    _refuse_others(plan, plan.before)
    before, had = figures_of(KEPT), _counts(KEPT)
    moves = _make_so(plan, plan.changes, by)
    plan.figures = _figures(moves, before, figures_of(KEPT), had, _counts(KEPT))
    _keep_moves(plan, moves)
    plan.state, plan.applied_at = APPLIED, timezone.now()
    plan.save()
    record(TerritoryPlanApplied(territoryplan=plan, moved=len(moves)))
    return plan


@action
def undo_territory_plan(*, plan: TerritoryPlan, by: Actor) -> TerritoryPlan:
    """Give the territories the rules back that they had before. Raises NotOpen where others changed them since."""
    permit(by, kind="territoryplan")
    plan = hold(plan)
    if plan.state != APPLIED:
        raise NotOpen(_("Only a plan that was applied can be taken back."))
    _refuse_others(plan, plan.changes)
    moves = _make_so(plan, plan.before, by)
    plan.state, plan.undone_at = UNDONE, timezone.now()
    plan.save()
    record(TerritoryPlanUndone(territoryplan=plan, moved=len(moves)))
    return plan


def _refuse_others(plan: TerritoryPlan, expected: Mapping[str, Any]) -> None:
    """Raise NotOpen where a rule is not as the plan knew it."""
    lock()
    now = {str(rule.territory_id): rule.kept() for rule in rules_now()}
    for pk, rule in expected.items():
        if now.get(pk) != rule:
            name = Territory.objects.filter(pk=pk).first()
            raise NotOpen(
                _("“%(name)s” was changed meanwhile.") % {"name": name or pk},
                remedy=_("Make a new plan from the rules of today."),
            )


def _make_so(plan: TerritoryPlan, rules: Mapping[str, Any], by: Actor) -> list[Move]:
    """Write the rules, and move the accounts."""
    for pk, kept in rules.items():
        territory = Territory.objects.get(pk=pk)
        row = TerritoryRule.objects.filter(territory=territory).first() or TerritoryRule(territory=territory)
        was = next(rule for rule in rules_now() if rule.territory_id == territory.pk).kept()
        row.condition, row.rank = kept["condition"], kept["rank"]
        row.named, row.left_out = kept["named"], kept["left_out"]
        row.save()
        record(TerritoryRuleChanged(territory=territory, before=was, after=dict(kept)))
        if list(territory.places) != kept["places"]:
            change_territory(territory=territory, changes={"places": kept["places"]}, by=by)
    return settle(rules_now(), None, {})


def plan_rule(plan: TerritoryPlan, territory_id: int) -> Rule | None:
    """The rule that the plan wants for a territory; None where it wants none."""
    kept = plan.changes.get(str(territory_id))
    return rule_of(territory_id, kept) if kept is not None else None


def people_of(territory_id: int) -> list[Person]:
    """Who looks after the territory today."""
    here = Q(left_on=None) | Q(left_on__gt=timezone.localdate())
    return list(Person.objects.filter(here, territories=territory_id).order_by("pk"))
