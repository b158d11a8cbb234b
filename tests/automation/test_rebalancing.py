"""Rebalancing: proposed, looked at, applied in one step, taken back, within one's units."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.automation.assignments.actions import give
from kinflow.automation.rebalancing.applying import apply_rebalancing, undo_rebalancing
from kinflow.automation.rebalancing.models import NotProposed
from kinflow.automation.rebalancing.proposing import propose_rebalancing
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.sales.leads.actions import disqualify_lead
from kinflow.sales.leads.models import Lead

from . import given
from .given import OWNER
from .scorings_given import lead_scoring, weights
from .test_api import ask
from .test_pages import visit, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """A team lead, somebody with three leads, and two others of whom one knows the product and has room for two."""
    east, feed = given.unit(), given.skill()
    boss = given.person("周", east, roles=("team_lead",), takes_work=False)
    goes = given.person("孙", east)
    best = given.person("陈", east, skills={feed: 5}, limit=2)
    other = given.person("李", east)
    lead_scoring(criteria=weights(product_knowledge=25))
    pump = given.pump(feed)
    leads = [given.lead(name=f"C{n}", product=pump, owner=goes) for n in range(3)]
    return boss, goes, best, other, leads


def owners(leads):
    """Who has each lead now."""
    held = dict(Lead.objects.values_list("pk", "owner__family_name"))
    return sorted(held[lead.pk] for lead in leads)


def proposed(goes, cause="leaving", **more):
    """A proposal for the person's leads."""
    return propose_rebalancing(
        cause=cause, kinds=["lead"], people=[goes.pk], by=more.pop("by", OWNER), **more
    )


def test_all_work_of_who_leaves_goes_to_the_best_that_have_room_and_comes_back(cast):
    _boss, goes, best, other, leads = cast
    row = proposed(goes)
    assert owners(leads) == ["孙"] * 3
    assert row.figures["moves"] == 3
    assert row.figures["gained"] == 50
    loads = {each["name"]: (each["before"], each["after"]) for each in row.figures["loads"]["lead"]}
    assert loads == {"孙": (3, 0), "陈": (0, 2), "李": (0, 1)}
    row = apply_rebalancing(rebalancing=row, by=OWNER)
    assert owners(leads) == sorted(["陈", "陈", "李"])
    made = Entry.objects.filter(name="sales.lead_assigned").order_by("-pk")[:3]
    assert len({entry.command_id for entry in made}) == 1
    assert all(entry.data["card"]["winner"] for entry in made)
    with pytest.raises(NotProposed):
        apply_rebalancing(rebalancing=row, by=OWNER)
    given_on = Lead.objects.filter(owner=best).first()
    give(record=given_on, person=other, reason="knows them", by=SYSTEM)
    row = undo_rebalancing(rebalancing=row, by=OWNER)
    assert sorted(row.moves.values_list("state", "reason")) == [
        ("kept", "moved"),
        ("undone", ""),
        ("undone", ""),
    ]
    assert owners(leads) == sorted(["孙", "孙", "李"])


def test_what_changed_meanwhile_is_skipped_and_says_why(cast):
    _boss, goes, best, other, leads = cast
    row = proposed(goes)
    to_best = [move.object_id for move in row.moves.filter(after=best)]
    disqualify_lead(lead=Lead.objects.get(pk=to_best[0]), reason="no_need", by=SYSTEM)
    for n in range(2):
        given.lead(name=f"New{n}", owner=best)
    row = apply_rebalancing(rebalancing=row, by=OWNER)
    assert sorted(row.moves.values_list("state", "reason")) == [
        ("done", ""),
        ("skipped", "closed"),
        ("skipped", "full"),
    ]
    assert owners(leads).count("李") == 1


def test_an_overload_moves_only_what_gains_more_than_a_move_costs(cast):
    _boss, goes, _best, _other, _leads = cast
    assert proposed(goes, "overload", price=5).figures["moves"] == 2
    assert proposed(goes, "overload", price=30).figures["moves"] == 0
    capped = proposed(goes, "overload", price=30, most=1)
    assert capped.figures["moves"] == 2
    assert capped.figures["loads"]["lead"][0]["after"] == 1


def test_a_proposal_can_be_priced_anew_and_bad_input_is_named(cast):
    _boss, goes, *_rest = cast
    row = proposed(goes, "by_hand", price=0)
    again = proposed(goes, "by_hand", price=40, instead=row)
    assert (again.pk, again.figures["moves"], again.moves.count()) == (row.pk, 0, 0)
    with pytest.raises(Invalid) as refused:
        propose_rebalancing(cause="boredom", kinds=["moon"], people=[goes.pk], price="NaN", most=-1, by=OWNER)
    assert [e.pointer for e in refused.value.errors] == ["/cause", "/kinds", "/price", "/most"]
    with pytest.raises(Invalid):
        propose_rebalancing(cause="leaving", kinds=["lead"], people=[], by=OWNER)


def test_team_leads_move_work_within_their_units_and_others_not_at_all(cast):
    boss, goes, best, *_rest = cast
    west = given.unit("West")
    far = given.person("吴", west)
    row = proposed(goes, by=given.actor(boss))
    assert far.pk not in row.moves.values_list("after_id", flat=True)
    with pytest.raises(Refused):
        proposed(far, by=given.actor(boss))
    with pytest.raises(Refused):
        proposed(goes, by=given.actor(best))
    with pytest.raises(Refused):
        visit(given.actor(best), "/rebalancing/")


def test_the_screens_show_moves_and_loads_and_apply_in_both_languages(cast):
    boss, goes, *_rest = cast
    by = given.actor(boss)
    with translation.override("en"):
        assert "Choose whose work" in words(
            visit(by, "/rebalancing/", cause="leaving", kind="lead", price="5")
        )
        answer = visit(by, "/rebalancing/", cause="leaving", kind="lead", price="5", person=str(goes.pk))
        said = words(visit(by, answer["Location"]))
        assert "Points gained 50.0" in said
        assert "3 → 0" in said
        visit(by, f"{answer['Location']}price/", price="9")
        visit(by, f"{answer['Location']}apply/", _post=True)
        assert "Moved 3" in words(visit(by, answer["Location"]))
        visit(by, f"{answer['Location']}undo/", _post=True)
    with translation.override("zh-hans"):
        assert "调整前后" in words(visit(by, answer["Location"]))
        assert "工作再平衡" in words(visit(by, "/rebalancing/"))


def test_the_api_proposes_applies_and_takes_back(cast):
    _boss, goes, *_rest = cast
    NinjaAPI(urls_namespace="rebalancing-alone").add_router("", router)
    client = TestClient(router)
    made = ask(client, "POST", "/rebalancings", cause="leaving", kinds=["lead"], people=[goes.pk])
    path = f"/rebalancings/{made['id']}"
    assert len(ask(client, "GET", f"{path}/moves")) == 3
    assert ask(client, "POST", f"{path}/apply")["state"] == "applied"
    assert ask(client, "POST", f"{path}/undo")["state"] == "undone"
    assert ask(client, "GET", "/rebalancings")[0]["id"] == made["id"]


def test_an_absent_colleague_gets_nothing(cast):
    _boss, goes, best, other, leads = cast
    given.absent(best, timezone.now() + timedelta(minutes=1))
    row = proposed(goes, "absence")
    assert {move.after_id for move in row.moves.all()} == {other.pk}
    assert row.figures["no_place"] == {}
