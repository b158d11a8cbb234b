"""The policy behind a decision that goes to another position: whoever was asked is that position from now on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.authority.models import Policy
from kinflow.automation.decisions.actions import change_table, put_table_live
from kinflow.automation.decisions.outcomes import ABOVE, POSITION, SUPERIOR, WHO
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.records.access import may, visible
from kinflow.records.matters import matters
from kinflow.records.versions import earlier_version

from ..definitions.models import Process
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.organising.moves import MoveDecision
from ..simulation.whatif.widening import approval_in
from .done import Done, Left


def may_move_authority(by: Actor) -> bool:
    """Whether the actor may change what policies say, and put it into force."""
    needed = ("automation.change_table", "automation.put_table_live")
    return all(may(by, name, kind="decisiontable") for name in needed)


def policies_behind(process: Process, move: Move, by: Actor) -> list[Policy]:
    """The policies in force whose questions are asked and answered at the step that a move gives to another role."""
    if not isinstance(move, MoveDecision):
        return []
    rows = visible(by, Policy.objects.filter(is_active=True).select_related("table"))
    ours = [each for each in rows if matters[each.matter].kind == process.case_kind]
    return [each for each in ours if approval_in(process, each, by) == move.step]


def move_authority(
    process: Process, moves: Sequence[Move], groups: Mapping[int, str], by: Actor
) -> tuple[list[Done], set[int]]:
    """Let policies ask the positions that decide now: what was changed, and by which moves.

    Raises Refused where the actor may not, Invalid where a policy cannot be changed as it stands.
    """
    if not may_move_authority(by):
        raise Refused(
            _("You may not change policies."),
            remedy=_("Make the design without it, or ask a process owner."),
        )
    done: list[Done] = []
    places: set[int] = set()
    for place, move in enumerate(moves):
        for policy in policies_behind(process, move, by):
            if changed := _asks_now(policy, groups.get(place, ""), place, by):
                done.append(changed)
                places.add(place)
    return done, places


def _asks_now(policy: Policy, group: str, place: int, by: Actor) -> Done | None:
    table, pointer = policy.table, f"/moves/{place}"
    if not group.startswith(POSITION):
        words = _("The policy “%(policy)s” asks positions: choose a position that decides.")
        raise Invalid(errors=[FieldError(pointer, words % {"policy": policy.name})])
    if table.number != table.live_number:
        words = _(
            "The policy “%(policy)s” has a draft: put it into force, or write it as it was, then try again."
        )
        raise Invalid(errors=[FieldError(pointer, words % {"policy": policy.name})])
    before = earlier_version(table, table.number).content
    content = asking(before, group)
    if content == before:
        return None
    number = table.number
    table = change_table(decisiontable=table, changes={"content": content}, seen=number, by=by)
    put_table_live(decisiontable=table, by=by)
    return {"what": "policy", "pk": policy.pk, "before": number, "now": table.number}


def asking(content: Mapping[str, Any], group: str) -> dict[str, Any]:
    """A policy's table in which this position is asked wherever somebody was; who decides alone does so still."""
    at = [output["name"] for output in content["outputs"]].index(WHO)
    rows = []
    for row in content["rows"]:
        then = list(row["then"])
        if then[at] in (SUPERIOR, ABOVE) or str(then[at]).startswith(POSITION):
            then[at] = group
        rows.append({**row, "then": then})
    return {**content, "rows": rows}


def take_authority_back(one: Mapping[str, Any], by: Actor) -> Left | None:
    """Let a policy say again what it did, unless somebody changed it since."""
    policy = Policy.objects.filter(pk=one["pk"]).select_related("table").first()
    if policy is None:
        return None
    table = policy.table
    if (table.number, table.live_number) != (one["now"], one["now"]):
        return {"what": "policy", "pk": policy.pk, "why": "changed"}
    content = earlier_version(table, one["before"]).content
    table = change_table(decisiontable=table, changes={"content": content}, by=by)
    put_table_live(decisiontable=table, by=by)
    return None
