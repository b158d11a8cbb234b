"""How a scoring did: points reached against possible ones, overrides, fairness, and what nobody got."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.utils import timezone
from hypothesis import given as holds_for
from hypothesis import settings
from hypothesis import strategies as st
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.automation.assignments.actions import assign_by_scoring, give, hand_back
from kinflow.automation.scoring_reports.drawing import points_of, uneven_of
from kinflow.automation.scoring_reports.figures import Figures, Week, figures_of
from kinflow.automation.scoring_reports.following import count, follow, take_in
from kinflow.automation.scoring_reports.models import ScoringOutcome, ScoringWeek
from kinflow.automation.scoring_reports.wanted import wanted_from
from kinflow.automation.scoring_reports.weeks import possible_points, week_of
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused

from . import given
from .given import OWNER
from .scorings_given import lead_scoring, weights
from .test_api import ask
from .test_pages import visit, words

PEOPLE = 3


@st.composite
def weeks(draw):
    """A few assignments, each with everybody's points on its card."""
    points = st.lists(st.integers(-9, 30), min_size=PEOPLE, max_size=PEOPLE)
    rows = draw(st.lists(st.tuples(st.integers(0, PEOPLE - 1), points), min_size=1, max_size=5))
    return [(who, list(enumerate(card))) for who, card in rows]


@settings(max_examples=40, deadline=None)
@holds_for(weeks())
def test_possible_is_the_best_of_all_ways_in_which_nobody_gets_more_items(pairs):
    ways = set(permutations([who for who, _card in pairs]))
    best = max(sum(card[who][1] for who, (_was, card) in zip(way, pairs, strict=True)) for way in ways)
    assert possible_points(pairs) == pytest.approx(best)


def test_weeks_without_points_are_drawn_on_the_floor_and_uncounted_ones_break_the_line():
    monday = date(2026, 11, 2)
    told = [
        Week(monday + timedelta(weeks=n), 1, reached, reached, possible, uneven)
        for n, (reached, possible, uneven) in enumerate([(10, 20, 0.5), (0, None, None), (-3, 0, 0.25)])
    ]
    figures = Figures(told, [], [], [])
    columns = points_of(figures).columns
    assert [c.reached_height > 0 for c in columns] == [True, False, False]
    assert columns[0].possible_y < columns[0].reached_y
    assert columns[1].possible_y is None
    assert (len(uneven_of(figures).dots), uneven_of(figures).line.count("M")) == (2, 2)
    assert figures.counted == (7, 20)


@pytest.fixture
def cast(db):
    """Leads given by a scoring, one overridden, one handed back, one that nobody got; the reader has read it all."""
    east, west, feed = given.unit(), given.unit("West"), given.skill()
    boss = given.person("周", east, roles=("team_lead",), takes_work=False)
    best = given.person("孙", east, skills={feed: 5}, limit=2)
    other = given.person("陈", west, limit=2)
    scoring = lead_scoring(criteria=weights(product_knowledge=20))
    pump = given.pump(feed)
    leads = [given.lead(name=f"C{n}", product=pump) for n in range(5)]
    arrives = Actor("rule", f"scoring:{scoring.pk}", "Leads")
    for lead in leads:
        assign_by_scoring(record=lead, by=arrives)
    give(record=leads[0], person=other, reason="knows them", by=given.actor(boss))
    hand_back(record=leads[1], reason="too far", by=given.actor(best))
    take_in(list(Entry.objects.filter(name__in=list(follow.handlers)).order_by("pk")))
    return scoring, boss, best, other, leads


def test_all_that_became_of_a_scorings_decisions_is_counted(cast):
    scoring, boss, best, other, _leads = cast
    figures = figures_of(wanted_from(scoring, {}, OWNER))
    assert figures.counts == {"given": 4, "left": 1, "overridden": 1, "handed_back": 1}
    assert (figures.reached, figures.best, figures.share) == (40, 40, 1.0)
    assert {one.person_id: one.given for one in figures.shares} == {best.pk: 2, other.pk: 2}
    assert [week.gini for week in figures.weeks if week.given] == [0]
    decider = figures.deciders[0]
    assert (decider.person_id, decider.count, decider.known, decider.lost) == (boss.pk, 1, 1, 20)
    assert figures.unassigned == [("has_room", 1)]


def test_what_the_reader_reads_twice_counts_once(cast):
    scoring, *_ = cast
    before = ScoringOutcome.objects.count()
    take_in(list(Entry.objects.filter(name__in=list(follow.handlers)).order_by("pk")))
    assert ScoringOutcome.objects.count() == before
    week = week_of(timezone.now())
    for _time in range(2):
        count({"scoring": scoring.pk, "week": week.isoformat()}, timezone.now())
    assert ScoringWeek.objects.get().items == 4


def test_team_leads_read_of_their_own_people_and_representatives_nothing(cast):
    scoring, boss, best, other, _leads = cast
    figures = figures_of(wanted_from(scoring, {}, given.actor(boss)))
    assert [one.person_id for one in figures.shares] == [best.pk]
    west = figures_of(wanted_from(scoring, {"unit": other.unit_id}, OWNER))
    assert [one.person_id for one in west.shares] == [other.pk]
    with pytest.raises(Invalid):
        wanted_from(scoring, {"unit": other.unit_id}, given.actor(boss))
    assert all(week.possible is None for week in figures.weeks)
    with pytest.raises(Refused):
        visit(given.actor(best), f"/scorings/{scoring.pk}/report/")


def test_wrong_wishes_are_named(cast):
    with pytest.raises(Invalid) as refused:
        wanted_from(cast[0], {"since": "yesterday", "unit": "99999", "until": "1800-01-01"}, OWNER)
    assert {e.pointer for e in refused.value.errors} == {"/since", "/until", "/unit"}
    with pytest.raises(Invalid):
        wanted_from(cast[0], {"since": "2010-01-01", "until": "2026-01-01"}, OWNER)


def test_each_figure_leads_to_its_items_and_these_into_a_file(cast):
    scoring, boss, best, _other, leads = cast
    here = f"/scorings/{scoring.pk}/report/"
    assert "100.0 %" in words(visit(OWNER, here))
    assert "knows them" in words(visit(OWNER, f"{here}items/?what=overridden&by={boss.pk}"))
    left = words(visit(OWNER, f"{here}items/?what=left&reason=has_room"))
    assert str(leads[4].contact) in left or "pumps" in left
    mine = words(visit(OWNER, f"{here}items/?what=given&person={best.pk}&week={week_of(timezone.now())}"))
    assert mine.count("孙") > 2
    file = visit(OWNER, f"{here}items.csv?what=given")
    assert len(b"".join(file.streaming_content).splitlines()) == 5


def test_the_report_and_its_items_come_over_the_api_page_by_page(cast, monkeypatch):
    scoring, *_ = cast
    NinjaAPI(urls_namespace="reports-alone").add_router("", router)
    client, path = TestClient(router), f"/scorings/{scoring.pk}/report"
    told = ask(client, "GET", path)
    assert (told["counts"]["given"], told["share"], len(told["weeks"])) == (4, 1.0, 13)
    monkeypatch.setattr("kinflow.automation.scoring_reports.api.PAGE", 3)
    first = ask(client, "GET", f"{path}/items?what=given")
    second = ask(client, "GET", f"{path}/items?what=given&before={first['before'].replace('+', '%2B')}")
    assert (len(first["items"]), len(second["items"]), second["before"]) == (3, 1, None)
    assert len({row["entry"] for row in first["items"] + second["items"]}) == 4
