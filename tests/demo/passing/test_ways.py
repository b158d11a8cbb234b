"""Which way people take in weeks that pass: as their record goes, else as often as the log knows it."""

from collections import Counter
from typing import Any

import pytest

from kinflow.demo.engine.chance import Chance
from kinflow.demo.passing.ways import Ways, steps_left
from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.shipped import shipped_processes
from kinflow.processes.designs.kept import plan_for
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessToken
from kinflow.sales.leads.actions import contact_lead, disqualify_lead, qualify_lead, reopen_lead
from tests.automation.given import lead
from tests.processes.execution.given import by_of, design, owner

pytestmark = pytest.mark.django_db

NODES = "s start; look xor; Qualified task; Disqualified task; e end"
FLOWS = "s look; look Qualified; look Disqualified; Qualified e; Disqualified e"
GOOD, BAD = "look_Qualified", "look_Disqualified"


def chosen(token: ProcessToken, times: int = 1, *, is_closed: bool = False) -> Counter[str]:
    """The ways that people take, asked so often."""
    plan = plan_for(token.instance.design_id, token.instance.number)
    ways = Ways(Chance(3))
    return Counter(
        ways.of(token, plan, plan.nodes[token.node].out, is_closed=is_closed) for _n in range(times)
    )


def standing(me: Any, about: Any, nodes: str = NODES, flows: str = FLOWS) -> ProcessToken:
    """A token at the choice, about a lead."""
    shipped_processes(SYSTEM)
    start_process(design=design(me, nodes, flows), about=about, by=by_of(me))
    return ProcessToken.objects.select_related("instance").get(node="look")


def test_they_choose_what_the_record_does() -> None:
    me = owner()
    about = lead(owner=me)
    token = standing(me, about)
    disqualify_lead(lead=about, reason="no_need", by=by_of(me))
    assert set(chosen(token, 20)) >= {BAD}
    assert chosen(token, 1) == {BAD: 1}


def test_what_the_record_does_is_followed_once_and_in_its_order() -> None:
    me = owner()
    about = lead(owner=me)
    token = standing(me, about)
    disqualify_lead(lead=about, reason="no_need", by=by_of(me))
    reopen_lead(lead=about, by=by_of(me))
    contact_lead(lead=about, by=by_of(me))
    qualify_lead(lead=about, by=by_of(me))
    plan, ways = plan_for(token.instance.design_id, token.instance.number), Ways(Chance(3))
    told = [ways.of(token, plan, (GOOD, BAD), is_closed=False) for _n in range(2)]
    assert told == [BAD, GOOD]


def test_a_record_of_which_nothing_is_told_goes_as_often_as_others_did() -> None:
    me = owner()
    for number in range(10):
        other = lead(owner=me, name=f"Customer {number}")
        if number < 9:
            disqualify_lead(lead=other, reason="no_need", by=by_of(me))
        else:
            contact_lead(lead=other, by=by_of(me))
            qualify_lead(lead=other, by=by_of(me))
    found = chosen(standing(me, lead(owner=me)), 400)
    assert 0.85 < found[BAD] / 400 < 0.95


def test_where_the_log_says_nothing_they_seldom_go_back() -> None:
    me = owner()
    token = standing(
        me, lead(owner=me), "s start; Abc task; look xor; e end", "s look; look Abc; look e; Abc look"
    )
    found = chosen(token, 400)
    assert 0.05 < found["look_Abc"] / 400 < 0.25


def test_of_a_closed_record_the_shortest_way_is_taken() -> None:
    me = owner()
    token = standing(
        me, lead(owner=me), "s start; Abc task; look xor; e end", "s look; look Abc; look e; Abc look"
    )
    assert chosen(token, 30, is_closed=True) == {"look_e": 30}
    plan = plan_for(token.instance.design_id, token.instance.number)
    assert steps_left(plan, "look_e") == 0 < steps_left(plan, "look_Abc")
