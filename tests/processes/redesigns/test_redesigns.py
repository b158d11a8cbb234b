"""The moves of a what-if made a design, told, promised, and taken back; who may."""

import json
from typing import Any

import pytest
from django.utils import translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, Refused
from kinflow.organisation.models import PersonSkill
from kinflow.organisation.skills.actions import add_skill
from kinflow.processes.benefits.actions import expect_benefit
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.deployments.actions import deploy
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.designs.versions import newest
from kinflow.processes.redesigns.actions import NothingToUndo, make_design, undo_redesign
from kinflow.processes.redesigns.api import router
from kinflow.processes.redesigns.models import Redesign
from kinflow.processes.redesigns.pages import free_names
from kinflow.processes.redesigns.promising import horizon_of, promise_of
from kinflow.processes.redesigns.telling import found_told
from kinflow.processes.redesigns.training import Training
from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
from kinflow.processes.simulation.calibrating.written import told_scenario
from kinflow.processes.simulation.whatif.actions import finish_what_if, start_what_if
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests.automation.given import person
from tests.automation.test_api import ask
from tests.processes.execution.given import by_of, design, owner
from tests.processes.simulation.whatif.given import office
from tests.processes.studio.test_pages import client_of, words_of

pytestmark = pytest.mark.django_db
HOUR, DAY = 3_600_000_000, 86_400_000_000
FIGURES = {
    "rows": {
        "cycle_mean": {"before": [9 * DAY] * 3, "after": [8 * DAY] * 3, "difference": [-DAY, -1.5 * DAY, -0.5 * DAY]},
    },
    "live": {
        "days": 21,
        "step": "sales.lead_qualified",
        "step_hours": [-30 * HOUR, -40 * HOUR, -20 * HOUR],
        "record_hours": [-DAY, -1.5 * DAY, -0.5 * DAY],
    },
}  # fmt: skip
NODES, FLOWS = "s start; a task; b task; c task; e end", "s a; a b; b c; c e"
STEPS = {"step 0": "a", "step 1": "b", "step 2": "c"}
LOW = {"field": "score", "op": "at_most", "value": 40}


@pytest.fixture
def process() -> Process:
    add_shipped_processes(by=SYSTEM)
    return Process.objects.get(key="lead")


@pytest.fixture
def me() -> Any:
    return owner()


def what_if(process: Process, *moves: dict[str, Any], figures: Any = FIGURES) -> WhatIf:
    finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=told_scenario(office(weeks=1)),
        facts={"cases": 50, "people": [{"name": "Ann"}], "kinds": {"attribute": "size"}},
        holdout={"verdict": "good", "reasons": []},
        by=SYSTEM,
    )
    row = start_what_if(process=process, moves=list(moves), times=2, by=SYSTEM)
    return finish_what_if(whatif=row, figures=figures, by=SYSTEM) if figures else row


def in_operation(me: Any) -> ProcessDesign:
    return design(me, NODES, FLOWS, {"a": {"kind": "call"}, "c": {"kind": "task"}})


ELIMINATE = {"move": "eliminate", "step": "step 1"}
EMPOWER = {"move": "empower", "step": "step 1", "share": 80}
MORE = {"move": "add_people", "role": "look"}


def test_the_moves_are_a_version_that_says_where_it_comes_from_and_is_promised_when_it_goes_live(
    process: Process, me: Any
) -> None:
    row, made = what_if(process, ELIMINATE, MORE), in_operation(me)
    before = newest(made)
    redesign = make_design(
        whatif=row,
        design=made,
        steps=STEPS,
        found={"en": "Approve never refuses", "zh-hans": "审批从不拒绝"},
        by=by_of(me),
    )
    version = newest(redesign.design)
    assert version.number == before.number + 1
    assert [e.id for e in read_bpmn(bytes(version.content)).elements] == ["s", "a", "c", "e"]
    assert version.bindings == before.bindings
    assert [(one["model"], one["words"]["en"]) for one in redesign.moves] == [
        (True, "Leave out “approve”"),
        (False, "1 more person for “look”"),
    ]
    live = deploy(processdesign=redesign.design, number=version.number, way="share", share=50, by=by_of(me))
    assert live.promise == [
        {"figure": "step_hours", "value": -30.0, "low": -40.0, "high": -20.0},
        {"figure": "record_hours", "value": -24.0, "low": -36.0, "high": -12.0},
    ]
    assert live.milestone == {"process": process.pk, "step": "sales.lead_qualified"}
    assert (live.horizon_days, live.found) == (21, "Approve never refuses")
    goal = {"horizon_days": 21, "found": live.found, "goals": [{"figure": "step_hours", "by": 8}]}
    assert expect_benefit(deployment=live, by=by_of(me), **goal).goals == [
        {"figure": "step_hours", "by": 8.0}
    ]
    with pytest.raises(Invalid):
        expect_benefit(deployment=deploy(processdesign=made, number=1, by=by_of(me)), by=by_of(me), **goal)
    names = [entry.name for entry in Entry.objects.order_by("pk")]
    assert names.count("processes.design_redesigned") == 1
    assert names.count("processes.benefit_expected") == 2
    with translation.override("zh-hans"):
        assert found_told(redesign, live.found) == "审批从不拒绝"
        assert found_told(redesign, "Otherwise") == "Otherwise"
    story = words_of(client_of("owner", PROCESS_OWNER), f"/process-design/{made.pk}/live/{live.pk}/benefit/")
    for words in (
        "Approve never refuses",
        "Leave out “approve”",
        "1 more person",
        "less time on average",
        "Hours until “Qualified”",
    ):
        assert words in story


def test_a_policy_holds_for_the_records_that_were_said(process: Process, me: Any) -> None:
    row, made = what_if(process, EMPOWER), in_operation(me)
    redesign = make_design(whatif=row, design=made, steps=STEPS, policies={0: LOW}, by=by_of(me))
    bound = newest(redesign.design).bindings
    assert [one for one in bound.values() if "condition" in one] == [{"condition": LOW}]
    with pytest.raises(Invalid):
        make_design(whatif=row, design=made, steps=STEPS, policies={0: {"field": "nothing"}}, by=by_of(me))


def test_taken_back_the_design_is_as_before_and_only_while_nothing_came_after(
    process: Process, me: Any
) -> None:
    row, made = what_if(process, ELIMINATE), in_operation(me)
    before = newest(made)
    redesign = make_design(whatif=row, design=made, steps=STEPS, by=by_of(me))
    left = undo_redesign(design=made, number=redesign.number, by=by_of(me)).design
    assert left is not None
    assert bytes(newest(left).content) == bytes(before.content)
    assert newest(left).bindings == before.bindings
    assert Redesign.objects.get().undone_number == left.number
    with pytest.raises(NothingToUndo):
        undo_redesign(design=made, number=redesign.number, by=by_of(me))
    assert deploy(processdesign=left, number=left.number, way="all", by=by_of(me)).promise == []


def test_what_began_as_a_new_design_is_gone_when_it_is_taken_back(process: Process, me: Any) -> None:
    row, source = what_if(process, ELIMINATE), in_operation(me)
    content = bytes(newest(source).content)
    redesign = make_design(whatif=row, file=content, kind="lead", name="New", steps=STEPS, by=by_of(me))
    assert redesign.before is None
    assert undo_redesign(design=redesign.design, number=1, by=by_of(me)).design is None
    assert not ProcessDesign.objects.filter(name="New").exists()


def test_training_is_done_with_the_design_and_undone_with_it(process: Process, me: Any) -> None:
    skill = add_skill(code="approving", name="Approving", by=SYSTEM)
    train = {"move": "cross_train", "people": "look", "role": "approve"}
    row, made = what_if(process, ELIMINATE, train), in_operation(me)
    told = row.calibration.scenario
    told["staff"][0]["name"] = str(me.pk)
    row.calibration.scenario = told
    redesign = make_design(whatif=row, design=made, steps=STEPS, training={1: Training(skill.pk)}, by=SYSTEM)
    assert redesign.skills == [{"person": me.pk, "skill": skill.pk, "level": 3, "before": 0}]
    assert PersonSkill.objects.get(person=me, skill=skill).level == 3
    undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    assert not PersonSkill.objects.filter(person=me, skill=skill).exists()


def test_moves_of_the_organisation_alone_make_a_version_with_the_model_as_it_was(
    process: Process, me: Any
) -> None:
    skill = add_skill(code="approving", name="Approving", by=SYSTEM)
    row, made = (
        what_if(process, {"move": "cross_train", "people": "look", "role": "approve"}),
        in_operation(me),
    )
    row.calibration.scenario["staff"][0]["name"] = str(me.pk)
    before = newest(made)
    redesign = make_design(whatif=row, design=made, training={0: Training(skill.pk)}, by=by_of(me))
    version = newest(redesign.design)
    assert (version.number, version.bindings) == (before.number + 1, before.bindings)
    assert bytes(version.content) == bytes(before.content)
    assert PersonSkill.objects.get(person=me, skill=skill).level == 3
    process_owner = client_of("owner", PROCESS_OWNER)
    assert "The model stays; the organisation has to change" in words_of(
        process_owner, f"/process-design/{made.pk}/"
    )
    left = undo_redesign(design=redesign.design, number=version.number, by=by_of(me)).design
    assert left is not None
    assert (left.number, bytes(newest(left).content)) == (version.number + 1, bytes(before.content))
    assert not PersonSkill.objects.filter(person=me, skill=skill).exists()
    page = words_of(process_owner, f"/processes/lead/what-ifs/{row.pk}/design/?base={made.pk}")
    assert "These moves are for the organisation" in page
    assert "Which step is which" not in page
    with pytest.raises(Conflict):
        make_design(whatif=row, design=left, seen=1, by=by_of(me))


def test_what_does_not_fit_changes_nothing(process: Process, me: Any) -> None:
    made = in_operation(me)
    row = what_if(process, ELIMINATE)
    for given, problem in (
        ({}, Invalid),
        ({"steps": {"step 1": "nowhere"}}, Invalid),
        ({"steps": STEPS, "seen": made.number + 5}, Conflict),
    ):
        with pytest.raises(problem):
            make_design(whatif=row, design=made, by=by_of(me), **given)
    with pytest.raises(Conflict):
        make_design(whatif=what_if(process, ELIMINATE, figures=None), design=made, steps=STEPS, by=by_of(me))
    assert not Redesign.objects.exists()
    assert newest(made).number == made.number


def test_the_promise_is_the_difference_in_hours_with_its_interval() -> None:
    assert horizon_of(FIGURES) == 21
    nothing = {"live": {"days": 14, "step": "", "record_hours": [None, None, None]}}
    assert promise_of(nothing) == []
    assert horizon_of(nothing) == 14


def test_an_owner_makes_it_on_the_page_and_takes_it_back_there(process: Process, me: Any) -> None:
    row, made = what_if(process, EMPOWER), in_operation(me)
    process_owner, at = client_of("owner", PROCESS_OWNER), f"/processes/lead/what-ifs/{row.pk}/design/"
    assert "Which step is which" in words_of(process_owner, f"{at}?base={made.pk}")
    sent = {"base": made.pk, "seen": made.number, "condition:0": json.dumps(LOW)}
    assert process_owner.post(at, sent).status_code == 422
    done = process_owner.post(at, sent | {"element:step 1": "b"})
    assert done.url == f"/process-design/{made.pk}/"
    words = words_of(process_owner, done.url)
    for told in ("Within the policy?", "80 % of the cases need no “approve”", "less time on average"):
        assert told in words
    made.refresh_from_db()
    process_owner.post(f"{done.url}redesign/{made.number}/undo/")
    assert "taken back" in words_of(process_owner, done.url)


def test_leads_see_it_and_only_owners_make_it_or_take_it_back(process: Process, me: Any) -> None:
    row, made = what_if(process, ELIMINATE), in_operation(me)
    redesign = make_design(whatif=row, design=made, steps=STEPS, by=by_of(me))
    at = f"/processes/lead/what-ifs/{row.pk}/design/"
    leader, rep = client_of("leader", TEAM_LEAD), client_of("rep", REPRESENTATIVE)
    assert "A process owner can make moves a design" in words_of(leader, at)
    assert rep.get(at).status_code == 403
    assert "Leave out “approve”" in words_of(leader, f"/process-design/{made.pk}/")
    for who in (rep, leader):
        who.post(at, {"base": made.pk, "element:step 1": "b"})
        who.post(f"/process-design/{made.pk}/redesign/{redesign.number}/undo/")
    assert Redesign.objects.get().undone_number is None


def test_the_api_makes_tells_and_takes_back(process: Process, me: Any) -> None:
    row, made = what_if(process, ELIMINATE), in_operation(me)
    api = NinjaAPI(urls_namespace="redesigns")
    api.add_router("", router)
    client, mine, theirs = TestClient(api), by_of(me), by_of(person("Li", me.unit, roles=("representative",)))
    at, given = f"/processes/{process.pk}/what-ifs/{row.pk}/design", {"design": made.pk, "steps": STEPS}
    with pytest.raises(Refused):
        ask(client, "POST", at, theirs, **given)
    told = ask(client, "POST", at, mine, **given)
    assert told["in_model"] == ["Leave out “approve”"]
    assert [one["value"] for one in told["promise"]] == [-30.0, -24.0]
    listed = ask(client, "GET", f"/process-design/{made.pk}/redesigns", mine)
    assert [one["number"] for one in listed] == [told["number"]]
    undone = ask(client, "POST", f"/process-design/{made.pk}/redesigns/{told['number']}/undo", mine)
    assert undone == {"number": told["number"] + 1, "stayed": []}


def test_a_design_that_nobody_named_is_called_in_both_languages_and_like_no_other(
    process: Process, me: Any
) -> None:
    row = what_if(process, ELIMINATE)
    first = free_names(row)
    assert first["name"].endswith(", redesigned")
    assert first["name_zh"].endswith("（再设计）")
    design(me, NODES, FLOWS, name=first["name"])
    with translation.override("zh-hans"):
        second = free_names(row)
    assert second == {language: f"{name} 2" for language, name in first.items()}
