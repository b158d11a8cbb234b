"""What is told afterwards: my work in its order, versions in words, forms read back."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from kinflow.automation.assignments.actions import give
from kinflow.automation.assignments.heat import heat_of
from kinflow.automation.assignments.past import last_given, story_of
from kinflow.automation.assignments.report import report_of
from kinflow.automation.my_work.queries import my_items, told_of, why_me
from kinflow.automation.scorings.actions import change_scoring
from kinflow.automation.scorings.differences import differences
from kinflow.automation.scorings.forms import content_of, edited, parts
from kinflow.automation.scorings.shipped import SHIPPED
from kinflow.customers.activities.actions import plan_activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import catch_up_all
from kinflow.sales.leads.actions import change_lead

from . import given
from .given import OWNER
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def east():
    """A unit."""
    catch_up_all(timezone.now())
    return given.unit()


def test_my_work_comes_overdue_first_then_hot_then_new(east):
    me = given.person("陈", east)
    now = timezone.now()
    plan_activity(subject="Later", owner=me, due_at=now + timedelta(days=9), by=SYSTEM)
    plan_activity(subject="Overdue", owner=me, due_at=now - timedelta(hours=3), by=SYSTEM)
    given.lead(owner=me)
    hot = given.lead(name="Hot", owner=me)
    change_lead(lead=hot, changes={"need": "hot pumps", "score": 90}, by=SYSTEM)
    items = my_items(me.pk, now)
    assert [(m.title, m.why_now.group) for m in items] == [
        ("hot pumps", "now"),
        ("Overdue", "now"),
        ("pumps", "today"),
        ("Later", "later"),
    ]


def test_each_item_says_why_it_is_mine(east):
    feed = given.skill()
    me = given.person("陈", east, skills={feed: 5})
    given.person("孙", east)
    lead_scoring()
    lead = given.lead(product=given.pump(feed))
    catch_up_all(timezone.now())
    with translation.override("en"):
        assert why_me(last_given("lead", [lead.pk])[lead.pk]) == "25 points, before 孙 with 0"
    with translation.override("zh-hans"):
        assert why_me(last_given("lead", [lead.pk])[lead.pk]) == "25 分，第二名孙 0 分"
    assert [m.row.pk for m in my_items(me.pk, timezone.now())] == [lead.pk]
    assert [entry.name for entry in story_of("lead", lead.pk)] == ["sales.lead_assigned"]


def test_who_was_told_sees_what_is_still_nobodys(east):
    boss = given.person("周", east, roles=("team_lead",))
    lead = given.lead()
    catch_up_all(timezone.now())
    assert lead.pk in [w.row.pk for w in told_of(boss.pk) if w.face.name == "lead"]


def test_all_candidates_with_their_points_and_reasons(east):
    feed = given.skill()
    best = given.person("陈", east, skills={feed: 5})
    gone = given.person("孙", east)
    given.absent(gone, timezone.now())
    scoring = lead_scoring()
    lead = given.lead(product=given.pump(feed))
    with translation.override("en"):
        heat = heat_of("lead", lead.pk, scoring, timezone.now())
    assert [(row.person_id, row.excluded) for row in heat.rows] == [(best.pk, ""), (gone.pk, "absent")]
    assert heat.rows[0].cells[0].heat == 100
    assert heat.eligible == 1


def test_versions_are_told_in_words():
    scoring = lead_scoring()
    changed = [
        {"criterion": "product_knowledge", "weight": 30, "parameters": {"needed": 4}},
        *weights(fairness=5),
    ]
    change_scoring(scoring=scoring, changes={"criteria": changed, "minimum_points": 3}, by=OWNER)
    new, old = scoring.versions.all()
    with translation.override("en"):
        assert differences(old, new) == [
            "Product knowledge: 25 → 30",
            "Product knowledge, Level needed: 3 → 4",
            "Fair turns added (5)",
            "Current load taken out",
            "Minimum points: – → 3",
        ]
        assert differences(None, old) == []


@pytest.mark.parametrize("kind", SHIPPED)
def test_what_the_form_shows_comes_back_the_same(kind):
    _words, criteria, eligibility = SHIPPED[kind]
    sent = QueryDict(mutable=True)
    for prefix, rows in (("c", parts("c", criteria)), ("e", parts("e", eligibility))):
        for part in rows:
            sent[f"{prefix}{part.at}-name"] = part.key
            if prefix == "c":
                sent[f"c{part.at}-weight"] = str(part.weight)
            for one in part.inputs:
                if one.parameter.kind != "yes_no" or one.value:
                    sent[one.name] = str(one.value)
    content = content_of(sent)
    assert [(c["criterion"], c["weight"]) for c in content["criteria"]] == [
        (c["criterion"], c["weight"]) for c in criteria
    ]
    again = parts("c", content["criteria"])
    assert [[i.value for i in part.inputs] for part in again] == [
        [i.value for i in part.inputs] for part in parts("c", criteria)
    ]


def test_rows_are_added_and_taken_out():
    content = {"criteria": weights(load=1, fairness=2), "eligibility": []}
    assert [c["criterion"] for c in edited(QueryDict("add_criterion=success"), content)["criteria"]] == [
        "load",
        "fairness",
        "success",
    ]
    assert [c["criterion"] for c in edited(QueryDict("remove=c0"), content)["criteria"]] == [
        "fairness",
        "success",
    ]
    assert edited(QueryDict("remove=c99"), content)["criteria"]


def test_a_scorings_report_counts_overrides_with_their_reasons(east):
    boss = given.person("周", east, roles=("team_lead",))
    given.person("陈", east)
    scoring = lead_scoring()
    first, _second = given.lead(), given.lead(name="Other")
    catch_up_all(timezone.now())
    first.refresh_from_db()
    give(record=first, person=boss, reason="old friend", by=given.actor(boss))
    report = report_of(scoring, timezone.now() + timedelta(seconds=1))
    assert (report.given, report.left_over, report.overridden) == (2, 0, 1)
    assert report.override_share == 0.5
    assert "old friend" in report.overrides[0].text
