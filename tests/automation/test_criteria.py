"""What each criterion says of items and people."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from kinflow.automation.assignments.actions import assign_by_scoring
from kinflow.automation.assignments.evaluation import evaluate
from kinflow.automation.assignments.situations import situation_of
from kinflow.automation.criteria import (
    Fairness,
    IndustryExperience,
    Language,
    Load,
    NamedSkill,
    ProductKnowledge,
    Relation,
    Seniority,
    Success,
    Territory,
    WorkingNow,
    registry,
)
from kinflow.automation.scorings.drafts import read_draft
from kinflow.customers.accounts.actions import assign_account
from kinflow.eventlog import SYSTEM
from kinflow.sales.leads.actions import disqualify_lead, qualify_lead
from kinflow.sales.leads.models import Lead

from . import given
from .given import MONDAY_10
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    """A unit."""
    return given.unit()


def seen(*leads, now=MONDAY_10):
    """The situation of the leads."""
    return situation_of("lead", [lead.pk for lead in leads], now)[1]


def said(criterion, situation, item=0, person=0):
    """What the criterion says of a pair, in English."""
    with translation.override("en"):
        return criterion.words(situation, item, person)


def test_product_knowledge_counts_up_to_the_level_needed(east):
    feed = given.skill()
    for name, level in (("陈", 1), ("孙", 3), ("李", 5)):
        given.person(name, east, skills={feed: level})
    given.person("周", east)
    there = seen(given.lead(product=given.pump(feed)), given.lead(name="Other"))
    values = ProductKnowledge(needed=4).values(there)
    assert values.tolist() == [[0.25, 0.75, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0]]
    assert said(ProductKnowledge(), there, 0, 1) == "Product knowledge: Boiler feed (level 3)"


def test_industry_experience_is_the_skill_of_the_industrys_name(east):
    given.person("陈", east, skills={given.skill("industry-chemical", "industry"): 3})
    there = seen(given.lead(industry="chemical"), given.lead(name="Other", industry="food"))
    assert IndustryExperience(needed=3).values(there).tolist() == [[1.0], [0.0]]


def test_a_certain_skill_is_the_same_for_every_item(east):
    given.person("陈", east, skills={given.skill("tendering", "craft"): 2})
    there = seen(given.lead(), given.lead(name="Other"))
    assert NamedSkill(skill="tendering", needed=4).values(there).tolist() == [[0.5], [0.5]]


def test_language_levels_ignore_the_script(east):
    given.person("陈", east, languages={"zh": 4, "en": 2})
    there = seen(
        given.lead(language="zh-hans"), given.lead(name="B", language="en"), given.lead(name="C", language="")
    )
    assert Language(needed=4).values(there).ravel().tolist() == [1.0, 0.5, 0.0]


def test_the_province_counts_more_than_the_country(east):
    given.person("陈", east, places=("CN-ZJ",))
    given.person("孙", east, places=("CN",))
    given.person("李", east, places=("DE",))
    there = seen(
        given.lead(), given.lead(name="B", country="DE", province=""), given.lead(name="C", province="ZJ")
    )
    assert Territory(country_share=0.8).values(there).tolist() == [[1, 0.8, 0], [0, 0, 1], [1, 0.8, 0]]
    assert said(Territory(), there, 0, 0) == "Territory Zhejiang"


def test_the_best_customers_fit_the_most_senior(east):
    given.person("陈", east, seniority=5)
    given.person("孙", east, seniority=1)
    there = seen(given.lead(grade="A"), given.lead(name="B"))
    assert Seniority().values(there).tolist() == [[1.0, 0.0], [0.0, 0.0]]


def test_load_takes_away_what_is_held(east):
    busy = given.person("陈", east, limit=4)
    given.person("孙", east, limit=4)
    for n in range(3):
        given.lead(name=f"Held {n}", owner=busy)
    there = seen(given.lead())
    assert Load().values(there).tolist() == [[-0.75, 0.0]]
    assert said(Load(), there) == "Load 75 % of capacity"


def test_the_calendar_says_who_is_there(east):
    office = given.office_hours()
    given.person("陈", east, calendar=office)
    given.person("孙", east)
    lead = given.lead()
    assert WorkingNow().values(seen(lead)).tolist() == [[1.0, 1.0]]
    evening = seen(lead, now=MONDAY_10 + timedelta(hours=11))
    assert WorkingNow(horizon_hours=24).values(evening)[0].tolist() == [0.5, 1.0]
    assert said(WorkingNow(), evening) == "Back at 11-24 09:00"


def test_absent_people_are_not_there(east):
    given.absent(given.person("陈", east), MONDAY_10)
    assert WorkingNow().values(seen(given.lead())).tolist() == [[0.0]]


def test_whoever_knows_the_customer_comes_first(east):
    owner, before, nobody = (given.person(name, east) for name in ("陈", "孙", "李"))
    lead = given.lead()
    assign_account(account=lead.account, person=before, by=SYSTEM)
    assign_account(account=lead.account, person=owner, by=SYSTEM)
    there = seen(lead, now=timezone.now())
    assert Relation().values(there).tolist() == [[1.0, 0.7, 0.0]]
    assert said(Relation(), there, 0, 2) == "Does not know this customer yet"


def test_success_is_shrunk_towards_what_is_usual(east):
    from django.utils import timezone

    good, bad = given.person("陈", east), given.person("孙", east)
    given.person("李", east)
    product = given.pump()
    for n in range(4):
        qualify_lead(lead=given.lead(name=f"Good {n}", product=product, owner=good), by=SYSTEM)
        lost = given.lead(name=f"Bad {n}", product=product, owner=bad)
        disqualify_lead(lead=lost, reason="no_need", by=SYSTEM)
    there = seen(given.lead(product=product), now=timezone.now())
    values = Success(strength=4).values(there)[0]
    assert values.tolist() == [0.75, 0.25, 0.5]
    assert said(Success(strength=4), there) == "Qualified 4 of 4 similar (shrunk to 75 %)"
    assert said(Success(strength=4), there, 0, 2) == "No similar work yet; usual are 50 %"


def test_whoever_waited_longest_has_full_points(east):
    from django.utils import timezone

    given.person("陈", east)
    fresh = given.person("孙", east)
    given.lead(name="Held", owner=fresh)
    values = Fairness(full_after_hours=24).values(seen(given.lead(), now=timezone.now()))[0]
    assert values[0] == 1.0
    assert values[1] < 0.01


def test_who_finishes_quickly_does_not_come_first_for_that(east):
    quick = given.person("陈", east)
    other = given.person("孙", east)
    lead_scoring(criteria=weights(load=10))
    assert assign_by_scoring(record=given.lead(), by=SYSTEM) == quick
    disqualify_lead(lead=Lead.objects.get(), reason="no_need", by=SYSTEM)
    there = seen(given.lead(name="B"), now=timezone.now())
    values = Fairness(full_after_hours=24).values(there)[0]
    assert values[0] < 0.01
    assert values[1] == 1.0
    assert Fairness().words(there, 0, 1) == "Got none of this work lately"
    assert assign_by_scoring(record=given.lead(name="C"), by=SYSTEM) == other


def test_every_criterion_stays_within_bounds_and_speaks_both_languages(east):
    feed = given.skill()
    for n in range(3):
        given.person(f"人{n}", east, skills={feed: n + 1}, limit=n, places=("CN-ZJ",), seniority=n + 1)
    there = seen(
        given.lead(product=given.pump(feed), grade="A"), given.lead(name="B", language="de", country="DE")
    )
    for kind in registry.values():
        made = kind()
        values = made.values(there)
        assert values.shape == there.shape
        assert np.all(np.abs(values) <= 1)
        for language in ("en", "zh-hans"):
            with translation.override(language):
                assert made.words(there, 0, 0)


def test_more_items_and_people_need_no_more_queries(east):
    feed = given.skill()
    product = given.pump(feed)
    draft = read_draft(
        {"criteria": [{"criterion": name, "weight": 1} for name in registry if name != "named_skill"]}
    )

    def queries(leads):
        with CaptureQueriesContext(
            connection,
        ) as seen_queries:
            evaluate(situation_of("lead", [lead.pk for lead in leads], MONDAY_10)[1], draft)
        return len(seen_queries)

    given.person("陈", east, skills={feed: 3})
    few = queries([given.lead(product=product)])
    for n in range(10):
        given.person(f"人{n}", east, skills={feed: 3})
    many = queries([given.lead(name=f"C{n}", product=product) for n in range(10)])
    assert many <= few + 1  # the prefetch of territories


def test_ties_go_to_less_load_then_to_whoever_waited(east):
    first, second = given.person("陈", east), given.person("孙", east)
    draft = read_draft({"criteria": [{"criterion": "seniority", "weight": 1}]})
    given.lead(name="Held", owner=first)
    evaluation = evaluate(seen(given.lead()), draft)
    assert [evaluation.situation.people.persons[p] for p in evaluation.ranked(0)] == [second, first]


def test_a_criterion_with_negative_weight_speaks_against(east):
    feed = given.skill()
    given.person("陈", east, skills={feed: 5})
    given.person("孙", east)
    draft = read_draft({"criteria": [{"criterion": "product_knowledge", "weight": -10}]})
    evaluation = evaluate(seen(given.lead(product=given.pump(feed))), draft)
    assert evaluation.points.tolist() == [[-10.0, 0.0]]
