"""Moves of the structure made in the organisation with the design, and taken back with it."""

from dataclasses import replace
from typing import Any

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.skills.actions import add_skill
from kinflow.organisation.units.actions import change_unit
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.redesigns.actions import make_design, undo_redesign
from kinflow.processes.redesigns.api import router
from kinflow.processes.redesigns.models import Redesign
from kinflow.processes.redesigns.training import Training
from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
from kinflow.processes.simulation.calibrating.written import told_scenario
from kinflow.processes.simulation.whatif.actions import finish_what_if, start_what_if
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.records.access import ADMINISTRATOR, PROCESS_OWNER
from tests.automation.given import person, unit
from tests.automation.test_api import ask
from tests.processes.execution.given import by_of, owner
from tests.processes.simulation.whatif.given import office
from tests.processes.studio.test_pages import client_of, words_of

from .test_redesigns import FIGURES, in_operation

pytestmark = pytest.mark.django_db
ROLES = ["look", "approve"]
TEAM = {"move": "case_team", "roles": ROLES}
MERGE = {"move": "merge_units", "role": "look", "other": "approve"}
SPLIT = {"move": "split_unit", "role": "approve"}
FLAT = {"move": "fewer_layers", "least": 2}


def company() -> dict[str, Any]:
    """Sales and Checks below the house; Ann and Bo look, Cid approves; Dora leads the house, Eve the checks."""
    house = unit("House")
    sales, checks = unit("Sales", house), unit("Checks", house)
    below = unit("Archive", checks)
    people = {
        "ann": person("Ann", sales),
        "bo": person("Bo", sales),
        "cid": person("Cid", checks),
        "dora": person("Dora", house),
        "eve": person("Eve", checks),
    }
    change_unit(unit=house, changes={"lead": people["dora"].pk}, by=SYSTEM)
    change_unit(unit=checks, changes={"lead": people["eve"].pk}, by=SYSTEM)
    change_person(person=people["cid"], changes={"reports_to": people["eve"].pk}, by=SYSTEM)
    return {"house": house, "sales": sales, "checks": checks, "below": below, **people}


@pytest.fixture
def process() -> Process:
    add_shipped_processes(by=SYSTEM)
    return Process.objects.get(key="lead")


@pytest.fixture
def me() -> Any:
    return owner()


def asked(process: Process, here: dict[str, Any], *moves: dict[str, Any]) -> WhatIf:
    """A played what-if in which Ann and Bo look, and Cid approves."""
    scenario = office(weeks=1)
    names = (str(here[who].pk) for who in ("ann", "bo", "cid"))
    staff = tuple(replace(each, name=name) for each, name in zip(scenario.staff, names, strict=True))
    finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=told_scenario(replace(scenario, staff=staff)),
        facts={"cases": 50, "people": [], "kinds": {}},
        holdout={"verdict": "good", "reasons": []},
        by=SYSTEM,
    )
    row = start_what_if(process=process, moves=list(moves), times=2, by=SYSTEM)
    return finish_what_if(whatif=row, figures=FIGURES, by=SYSTEM)


def state() -> tuple[Any, ...]:
    units = Unit.objects.filter(is_closed=False).order_by("pk").values_list("pk", "name", "path", "lead_id")
    return tuple(units), tuple(Person.objects.order_by("pk").values_list("pk", "unit__path", "reports_to_id"))


@pytest.mark.parametrize("moves", [[TEAM], [MERGE], [SPLIT], [FLAT], [TEAM, FLAT], [SPLIT, MERGE]], ids=str)
def test_the_structure_is_as_it_was_when_the_moves_are_taken_back(
    process: Process,
    me: Any,
    moves: list[Any],
) -> None:
    here = company()
    row, made = asked(process, here, *moves), in_operation(me)
    before = state()
    redesign = make_design(whatif=row, design=made, restructures=True, by=SYSTEM)
    assert state() != before
    assert redesign.structure
    undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    assert state() == before


def test_units_and_lines_are_as_the_moves_have_them(process: Process, me: Any) -> None:
    here = company()
    make_design(whatif=asked(process, here, MERGE), design=in_operation(me), restructures=True, by=SYSTEM)
    for each in here.values():
        each.refresh_from_db()
    assert here["checks"].is_closed
    assert (here["sales"].name, here["sales"].lead) == ("Sales + Checks", here["eve"])
    assert here["below"].parent == here["sales"]
    assert here["cid"].unit == here["eve"].unit == here["sales"]
    assert here["cid"].reports_to is None
    names = list(Entry.objects.values_list("name", flat=True))
    assert {"organisation.unit_closed", "organisation.unit_moved", "processes.design_redesigned"} <= set(
        names
    )


def test_a_unit_that_the_next_move_joins_with_another_is_not_made(process: Process, me: Any) -> None:
    here = company()
    row = asked(process, here, SPLIT, MERGE)
    make_design(whatif=row, design=in_operation(me), restructures=True, by=SYSTEM)
    assert not Unit.objects.filter(kind="team").exists()
    assert Person.objects.get(pk=here["cid"].pk).unit == here["sales"]


def test_what_somebody_changed_since_stays(process: Process, me: Any) -> None:
    here = company()
    made = in_operation(me)
    redesign = make_design(whatif=asked(process, here, TEAM), design=made, restructures=True, by=SYSTEM)
    team = Unit.objects.get(kind="team")
    assert set(team.people.values_list("pk", flat=True)) == {here[who].pk for who in ("ann", "bo", "cid")}
    change_person(person=here["ann"], changes={"unit": here["house"].pk}, by=SYSTEM)
    undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    units = {who: Person.objects.get(pk=here[who].pk).unit for who in ("ann", "bo", "cid")}
    assert units == {"ann": here["house"], "bo": here["sales"], "cid": here["checks"]}
    team.refresh_from_db()
    assert team.is_closed


def test_who_may_not_change_the_organisation_changes_nothing_at_all(process: Process, me: Any) -> None:
    here = company()
    row, made = asked(process, here, TEAM), in_operation(me)
    with pytest.raises(Refused):
        make_design(whatif=row, design=made, restructures=True, by=by_of(me))
    assert not Redesign.objects.exists()
    assert not Unit.objects.filter(kind="team").exists()
    redesign = make_design(whatif=row, design=made, by=by_of(me))
    assert redesign.structure == []


def test_who_becomes_a_case_manager_learns_what_the_others_can(process: Process, me: Any) -> None:
    here, skill = company(), add_skill(code="all", name="All of it", by=SYSTEM)
    row = asked(process, here, TEAM)
    redesign = make_design(whatif=row, design=in_operation(me), training={0: Training(skill.pk)}, by=SYSTEM)
    assert {one["person"] for one in redesign.skills} == {here[who].pk for who in ("ann", "bo", "cid")}


def test_the_page_offers_it_to_who_may_and_tells_what_was_changed(process: Process, me: Any) -> None:
    row, made = asked(process, company(), TEAM), in_operation(me)
    page = f"/processes/{process.key}/what-ifs/{row.pk}/design/"
    box = 'name="restructures"'
    assert box not in words_of(client_of("owner", PROCESS_OWNER), f"{page}?base={made.pk}")
    client = client_of("boss", ADMINISTRATOR)
    assert box in client.get(f"{page}?base={made.pk}").content.decode()
    answer = client.post(page, {"base": str(made.pk), "seen": str(made.number), "restructures": "on"})
    assert answer.status_code == 302
    assert Unit.objects.filter(kind="team").exists()
    told = words_of(client, f"/process-design/{made.pk}/")
    assert "Changed in the organisation with it:" in told
    assert "the organisation has to change" not in told


def test_over_the_api_it_is_asked_for(process: Process, me: Any) -> None:
    row, made = asked(process, company(), TEAM), in_operation(me)
    api = NinjaAPI(urls_namespace="restructuring")
    api.add_router("", router)
    address = f"/processes/{process.pk}/what-ifs/{row.pk}/design"
    told = ask(TestClient(api), "POST", address, SYSTEM, design=made.pk, restructures=True)
    assert len(told["in_structure"]) == 1
    assert told["to_do"] == []
