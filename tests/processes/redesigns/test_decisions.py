"""A decision given to another position or unit, with the policy behind it; a case team's steps given to the team."""

from typing import Any
from unittest import mock

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.authority.models import Policy
from kinflow.automation.decisions.actions import change_table, put_table_live
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.models import Position
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.positions.actions import add_position
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.designs.actions import add_design
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.designs.versions import newest
from kinflow.processes.redesigns import authority
from kinflow.processes.redesigns.actions import make_design, undo_redesign
from kinflow.processes.redesigns.api import router
from kinflow.records.access import PROCESS_OWNER
from kinflow.records.versions import earlier_version
from tests.automation.authority_given import policy
from tests.automation.given import person, unit
from tests.automation.test_api import ask
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.studio.test_pages import client_of, words_of

from .test_redesigns import FLOWS, NODES, STEPS
from .test_restructuring import SPLIT, TEAM, asked, company

pytestmark = pytest.mark.django_db
MOVED = {"move": "move_decision", "step": "step 1", "role": "look"}


@pytest.fixture
def process() -> Process:
    add_shipped_processes(by=SYSTEM)
    return Process.objects.get(key="opportunity")


@pytest.fixture
def me() -> Any:
    return owner()


@pytest.fixture
def limit() -> Any:
    """A policy whose questions are asked at the step “approve”."""
    made = policy()
    with mock.patch.object(authority, "approval_in", return_value="step 1"):
        yield made


def drawn(me: Any) -> ProcessDesign:
    bound = {"b": {"kind": "approval", "assign": "owner", "due": {"amount": 1, "unit": "days"}}}
    return design(me, NODES, FLOWS, bound, kind="opportunity")


def with_posts() -> tuple[dict[str, Any], Position]:
    """Ann and Bo are sales representatives."""
    here = company()
    post = add_position(name="Representative", unit=here["sales"], by=SYSTEM)
    for who in ("ann", "bo"):
        change_person(person=here[who], changes={"position": post.pk}, by=SYSTEM)
    return here, post


def said(limit: Policy) -> tuple[Any, ...]:
    """What counts of a policy, and what its newest draft says."""
    table = Policy.objects.get(pk=limit.pk).table
    draft, live = (earlier_version(table, number).content for number in (table.number, table.live_number))
    return draft, live


def test_the_step_goes_to_the_position_that_the_role_holds_and_back(process: Process, me: Any) -> None:
    here, post = with_posts()
    made = drawn(me)
    before = newest(made)
    redesign = make_design(whatif=asked(process, here, MOVED), design=made, steps=STEPS, by=by_of(me))
    bound = newest(redesign.design).bindings["b"]
    assert bound == before.bindings["b"] | {"assign": f"position:{post.pk}"}
    told = words_of(client_of("owner", PROCESS_OWNER), f"/process-design/{made.pk}/")
    assert "for who holds Representative in Sales" in told
    undo_redesign(design=made, number=redesign.number, by=by_of(me))
    made.refresh_from_db()
    assert newest(made).bindings == before.bindings


def test_the_step_lies_in_the_lane_of_whose_it_is(process: Process, me: Any) -> None:
    here, _post = with_posts()
    lanes = (
        b'<laneSet id="ls"><lane id="l1" name="Checks"><flowNodeRef>b</flowNodeRef></lane>'
        b'<lane id="l2" name="Sales"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    )
    file = bpmn(NODES, FLOWS).replace(b"<startEvent", lanes + b"<startEvent", 1)
    made = add_design(file=file, kind="opportunity", name="In lanes", by=by_of(me))
    redesign = make_design(whatif=asked(process, here, MOVED), design=made, steps=STEPS, by=by_of(me))
    after = read_bpmn(bytes(newest(redesign.design).content))
    assert {lane.name: set(lane.members) for lane in after.lanes} == {"Checks": set(), "Sales": {"a", "b"}}


def test_where_most_hold_none_it_goes_to_the_unit_and_otherwise_where_it_is_said(
    process: Process, me: Any
) -> None:
    here, post = with_posts()
    change_person(person=here["ann"], changes={"position": None}, by=SYSTEM)
    row, made = asked(process, here, MOVED), drawn(me)
    redesign = make_design(whatif=row, design=made, steps=STEPS, by=by_of(me))
    assert newest(redesign.design).bindings["b"]["assign"] == f"unit:{here['sales'].pk}"
    chosen = {"steps": STEPS, "deciders": {0: f"position:{post.pk}"}}
    redesign = make_design(whatif=row, design=made, by=by_of(me), **chosen)
    assert newest(redesign.design).bindings["b"]["assign"] == f"position:{post.pk}"
    for group in ("position:999999", "nobody", "unit:0"):
        with pytest.raises(Invalid):
            make_design(whatif=row, design=made, steps=STEPS, deciders={0: group}, by=by_of(me))


def test_the_policy_behind_it_asks_that_position_and_what_it_asked_before(
    process: Process, me: Any, limit: Policy
) -> None:
    here, post = with_posts()
    made, before = drawn(me), said(limit)
    given = {"design": made, "steps": STEPS, "authority": True, "by": by_of(me)}
    redesign = make_design(whatif=asked(process, here, MOVED), **given)
    draft, live = said(limit)
    assert draft == live
    assert [row["then"] for row in live["rows"]] == [["alone"], [f"position:{post.pk}"]]
    assert [row["when"] for row in live["rows"]] == [row["when"] for row in before[1]["rows"]]
    assert redesign.moves[0]["done"]
    undone = undo_redesign(design=made, number=redesign.number, by=by_of(me))
    assert (undone.stayed, said(limit)) == ([], before)


def test_a_policy_that_somebody_changed_since_stays_and_is_said(
    process: Process, me: Any, limit: Policy
) -> None:
    here, _post = with_posts()
    made = drawn(me)
    given = {"design": made, "steps": STEPS, "authority": True, "by": by_of(me)}
    redesign = make_design(whatif=asked(process, here, MOVED), **given)
    content = said(limit)[1] | {"rows": [{"when": ["-"], "then": ["alone"], "note": ""}]}
    limit.table.refresh_from_db()
    table = change_table(decisiontable=limit.table, changes={"content": content}, by=SYSTEM)
    put_table_live(decisiontable=table, by=SYSTEM)
    client = client_of("owner", PROCESS_OWNER)
    client.post(f"/process-design/{made.pk}/redesign/{redesign.number}/undo/")
    assert said(limit)[1]["rows"] == content["rows"]
    told = words_of(client, f"/process-design/{made.pk}/")
    assert "Limit of discount: somebody changed this since (who decides); it stays as it is now." in told


def test_a_policy_with_a_draft_and_one_without_a_position_refuse_it_whole(
    process: Process, me: Any, limit: Policy
) -> None:
    here, _post = with_posts()
    row, made, before = asked(process, here, MOVED), drawn(me), said(limit)
    given = {"design": made, "steps": STEPS, "authority": True, "by": by_of(me)}
    with pytest.raises(Invalid):
        make_design(whatif=row, deciders={0: f"unit:{here['sales'].pk}"}, **given)
    content = before[1] | {"rows": [{"when": ["-"], "then": ["alone"], "note": ""}]}
    change_table(decisiontable=limit.table, changes={"content": content}, by=SYSTEM)
    with pytest.raises(Invalid):
        make_design(whatif=row, **given)
    assert said(limit) == (content, before[1])
    assert newest(made).number == made.number


def test_who_may_not_change_policies_is_offered_none(process: Process, me: Any, limit: Policy) -> None:
    here, _post = with_posts()
    lead = person("Lu", unit("West"), roles=("team_lead",))
    assert not authority.may_move_authority(by_of(lead))
    with pytest.raises(Refused):
        authority.move_authority(process, [], {}, by_of(lead))
    row, made = asked(process, here, MOVED), drawn(me)
    page = f"/processes/{process.key}/what-ifs/{row.pk}/design/?base={made.pk}"
    assert 'name="authority"' not in client_of("leader", "team_lead").get(page).content.decode()


def test_the_page_offers_who_decides_and_the_policy(process: Process, me: Any, limit: Policy) -> None:
    here, post = with_posts()
    row, made = asked(process, here, MOVED), drawn(me)
    client, page = (
        client_of("owner", PROCESS_OWNER),
        f"/processes/{process.key}/what-ifs/{row.pk}/design/?base={made.pk}",
    )
    told = client.get(page).content.decode()
    assert f'<option value="position:{post.pk}">for who holds Representative in Sales' in told
    assert "the policy Limit of discount asks the position that decides now" in told
    sent = {"base": made.pk, "seen": made.number, "element:step 1": "b", "authority": "on"}
    assert client.post(page, sent | {"decider:0": f"position:{post.pk}"}).status_code == 302
    assert said(limit)[1]["rows"][1]["then"] == [f"position:{post.pk}"]


def test_over_the_api_it_is_asked_for(process: Process, me: Any, limit: Policy) -> None:
    here, post = with_posts()
    row, made = asked(process, here, MOVED), drawn(me)
    api = NinjaAPI(urls_namespace="deciding")
    api.add_router("", router)
    address = f"/processes/{process.pk}/what-ifs/{row.pk}/design"
    given = {"design": made.pk, "steps": STEPS, "deciders": {0: f"position:{post.pk}"}, "authority": True}
    told = ask(TestClient(api), "POST", address, by_of(me), **given)
    assert (told["to_do"], len(told["in_structure"])) == ([], 1)
    assert said(limit)[1]["rows"][1]["then"] == [f"position:{post.pk}"]


@pytest.mark.parametrize("moves", [[TEAM], [SPLIT, TEAM], [TEAM, MOVED]], ids=str)
def test_the_steps_of_a_case_team_are_the_teams_and_back(process: Process, me: Any, moves: list[Any]) -> None:
    here, made = company(), drawn(me)
    before = newest(made)
    redesign = make_design(
        whatif=asked(process, here, *moves), design=made, steps=STEPS, restructures=True, by=SYSTEM
    )
    here["ann"].refresh_from_db()
    team = here["ann"].unit
    assert team != here["sales"]
    bound = newest(redesign.design).bindings
    assert {bound[key]["assign"] for key in ("a", "b", "c")} == {f"unit:{team.pk}"}
    undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    made.refresh_from_db()
    assert newest(made).bindings == before.bindings


def test_without_a_new_unit_the_steps_stay_whose_they_are(process: Process, me: Any) -> None:
    here, made = company(), drawn(me)
    before = newest(made)
    redesign = make_design(whatif=asked(process, here, TEAM), design=made, steps=STEPS, by=by_of(me))
    assert [(one["model"], one["done"]) for one in redesign.moves] == [(False, False)]
    assert newest(redesign.design).bindings == before.bindings
