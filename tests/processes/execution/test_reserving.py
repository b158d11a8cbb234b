"""Tasks that a design gives to a unit or a position: the scoring finds one of them, and nobody else."""

from typing import Any

import pytest

from kinflow.automation.assignments.actions import assign_by_scoring
from kinflow.automation.assignments.batch import assign_many
from kinflow.automation.assignments.reserved import Reserved
from kinflow.automation.scorings.actions import add_scoring, change_scoring
from kinflow.automation.scorings.models import Scoring
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.positions.actions import add_position, retire_position
from kinflow.organisation.retiring import StillInUse
from kinflow.organisation.units.actions import change_unit, close_unit
from kinflow.processes.designs.actions import change_design, take_off
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.reserving import reserved_tasks
from tests.automation.given import OWNER, lead, person, unit
from tests.automation.scorings_given import weights
from tests.processes.studio.test_pages import client_of, words_of

from .given import by_of, design, owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Any:
    return owner()


@pytest.fixture
def here() -> dict[str, Any]:
    """Fay is in a team below the house, Guo in the house itself; a scoring gives each task to who has least to do."""
    house = unit("House")
    team = unit("Team", house)
    add_scoring(kind="activity", name="Tasks", criteria=weights(load=10), eligibility=(), by=OWNER)
    return {"house": house, "team": team, "guo": person("Guo", house), "fay": person("Fay", team)}


def tasks_for(me: Any, group: str, number: int = 1) -> list[Activity]:
    made = design(me, "s start; a task; e end", "s a; a e", {"a": {"assign": group}}, name=group)
    for _time in range(number):
        start_process(design=made, about=lead(owner=me), by=by_of(me))
    return list(Activity.objects.filter(owner=None).order_by("pk"))


def owners() -> list[str]:
    rows = Activity.objects.exclude(owner=None).order_by("pk")
    return [row.owner.family_name for row in rows if row.owner is not None]


def test_only_who_is_in_the_unit_gets_it_however_much_they_have(me: Any, here: Any) -> None:
    for task in tasks_for(me, f"unit:{here['team'].pk}", 4):
        assign_by_scoring(record=task, by=SYSTEM)
    assert owners() == ["Fay"] * 4


def test_many_at_once_are_given_out_so_too_and_others_to_everybody(me: Any, here: Any) -> None:
    theirs = [task.pk for task in tasks_for(me, f"unit:{here['team'].pk}", 3)]
    free = [task.pk for task in tasks_for(me, "scoring", 2) if task.pk not in theirs]
    assign_many(kind="activity", ids=[*theirs, *free], by=SYSTEM)
    assert owners()[:3] == ["Fay"] * 3
    assert set(owners()[3:]) - {"Fay"}


def test_a_unit_holds_what_is_below_it(me: Any, here: Any) -> None:
    for task in tasks_for(me, f"unit:{here['house'].pk}", 2):
        assign_by_scoring(record=task, by=SYSTEM)
    assert set(owners()) == {"Fay", "Guo"}


def test_only_who_holds_the_position_gets_it(me: Any, here: Any) -> None:
    post = add_position(name="Head", unit=here["house"], by=SYSTEM)
    [task] = tasks_for(me, f"position:{post.pk}")
    assert assign_by_scoring(record=task, by=SYSTEM) is None
    change_person(person=here["guo"], changes={"position": post.pk}, by=SYSTEM)
    assert assign_by_scoring(record=task, by=SYSTEM) == here["guo"]


def test_tasks_of_no_process_are_for_everybody(me: Any, here: Any) -> None:
    [task] = tasks_for(me, f"unit:{here['team'].pk}")
    assert reserved_tasks([task.pk, 999]) == {task.pk: Reserved(f"unit:{here['team'].pk}")}
    [_theirs, free] = tasks_for(me, "scoring")
    assert reserved_tasks([free.pk]) == {}


@pytest.mark.parametrize("group", ["unit:999", "unit:0", "unit:", "position:x", "person:1", "unit:1;", 7])
def test_whom_there_is_not_gets_nothing(me: Any, here: Any, group: Any) -> None:
    made = design(me, "s start; a task; e end", "s a; a e", live=False)
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, bindings={"a": {"assign": group}}, by=by_of(me))
    assert [error.pointer for error in refused.value.errors] == ["/bindings/a/assign"]


def test_it_is_chosen_in_the_form_and_told(me: Any, here: Any) -> None:
    post = add_position(name="Head", unit=here["house"], by=SYSTEM)
    made = design(me, "s start; a task; e end", "s a; a e", live=False)
    client, page = client_of("owner", "process_owner"), f"/process-design/{made.pk}/element/a/"
    assert f'value="position:{post.pk}"' in client.get(page).content.decode()
    sent = {"seen": made.number, "task_kind": "task", "assign": f"position:{post.pk}"}
    assert client.post(page, sent).status_code == 302
    told = words_of(client, f"/process-design/{made.pk}/")
    assert "for who holds Head in House" in told
    retire_position(position=post, by=SYSTEM)
    assert "There is no such unit or position any more" in words_of(client, f"/process-design/{made.pk}/")


def test_who_a_design_in_operation_gives_work_to_is_neither_retired_nor_closed(me: Any, here: Any) -> None:
    post, empty = add_position(name="Head", unit=here["house"], by=SYSTEM), unit("Empty", here["house"])
    steps = {"a": {"assign": f"position:{post.pk}"}, "b": {"assign": f"unit:{empty.pk}"}}
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e", steps, name="Approval")
    with pytest.raises(StillInUse, match="“Head” is still needed by: Approval"):
        retire_position(position=post, by=SYSTEM)
    with pytest.raises(StillInUse, match="“Empty” is still needed by: Approval"):
        close_unit(unit=empty, by=SYSTEM)
    take_off(processdesign=made, by=by_of(me))
    assert retire_position(position=post, by=SYSTEM).is_retired
    assert close_unit(unit=empty, by=SYSTEM).is_closed


@pytest.mark.parametrize("is_many", [False, True])
def test_the_fallback_of_the_scoring_gets_none_of_what_is_for_others(
    me: Any, here: Any, is_many: bool
) -> None:
    empty = unit("Empty", here["house"])
    scoring = Scoring.objects.get(kind="activity")
    change_scoring(scoring=scoring, changes={"fallback": here["guo"].pk}, by=OWNER)
    [task] = tasks_for(me, f"unit:{empty.pk}")
    give_out(task, is_many)
    assert owners() == []
    change_unit(
        unit=empty, changes={"lead": here["guo"].pk}, by=SYSTEM
    )  # who leads it from outside is none of them
    give_out(task, is_many)
    assert owners() == []
    assert (
        Entry.objects.filter(name="automation.work_left_over", mentions__role="told")
        .last()
        .mentions.filter(role="told", object_id=here["guo"].pk)
        .exists()
    )


@pytest.mark.parametrize("is_many", [False, True])
def test_where_nobody_of_them_is_eligible_their_lead_gets_it(me: Any, here: Any, is_many: bool) -> None:
    scoring = Scoring.objects.get(kind="activity")
    change_scoring(
        scoring=scoring,
        changes={"fallback": here["guo"].pk, "minimum_points": 1_000},
        by=OWNER,
    )
    change_unit(unit=here["team"], changes={"lead": here["fay"].pk}, by=SYSTEM)
    [task] = tasks_for(me, f"unit:{here['team'].pk}")
    give_out(task, is_many)
    assert owners() == ["Fay"]


def test_what_is_for_everybody_goes_to_the_fallback_still(me: Any, here: Any) -> None:
    scoring = Scoring.objects.get(kind="activity")
    change_scoring(scoring=scoring, changes={"fallback": here["guo"].pk, "minimum_points": 1_000}, by=OWNER)
    [task] = tasks_for(me, "scoring")
    give_out(task, False)
    assert owners() == ["Guo"]


def give_out(task: Activity, is_many: bool) -> None:
    """Find the person for a task, alone or as one of many."""
    if is_many:
        assign_many(kind="activity", ids=[task.pk], by=SYSTEM)
    else:
        assign_by_scoring(record=task, by=SYSTEM)
