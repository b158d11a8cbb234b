"""Replays of changed scorings over the past, and weights learnt from how work ended."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.automation.assignments.actions import assign_by_scoring
from kinflow.automation.replay.actions import cancel_replay, period_of, start_replay
from kinflow.automation.replay.learning import Learnt
from kinflow.automation.replay.learning_actions import NothingToLearnFrom, cancel_learning, learn_weights
from kinflow.automation.replay.logged import told_values
from kinflow.automation.replay.models import ReplayMove, ScoringReplay, WeightLearning
from kinflow.automation.replay.outcomes import MEASURES, cut
from kinflow.automation.replay.proposing import WORK as LEARNING
from kinflow.automation.replay.running import WORK
from kinflow.automation.replay.showing import proposed_content
from kinflow.automation.scoring_reports.following import follow, take_in
from kinflow.automation.scorings.drafts import read_draft
from kinflow.automation.scorings.models import Scoring
from kinflow.automation.scorings.using import current_version
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, NotFound, Refused
from kinflow.organisation.models import PersonSkill
from kinflow.records.long_work.models import NotRunning

from . import given
from .given import OWNER
from .scorings_given import lead_scoring, weights
from .test_api import ask
from .test_pages import visit, words


def test_cards_tell_the_values_of_criteria_that_were_there_with_the_same_parameters():
    def draft(**more):
        return read_draft({"criteria": weights(**more)})

    card = {"lines": [{"criterion": "product_knowledge", "weight": 20, "points": 8.0},
                      {"criterion": "load", "weight": 10, "points": -5.0}]}  # fmt: skip
    then = draft(product_knowledge=20, load=10)
    assert told_values(draft(load=1, product_knowledge=99), then, card) == {0: -0.5, 1: 0.4}
    assert told_values(draft(language=5), then, card) == {}
    assert told_values(then, None, card) == {}
    assert told_values(then, draft(product_knowledge=0, load=10), card) == {1: -0.5}
    other = [{"criterion": "success", "weight": 9, "parameters": {"similar": "industry"}}]
    lines = {"lines": [{"criterion": "success", "weight": 9, "points": 4.5}]}
    assert told_values(read_draft({"criteria": other}), draft(success=9), lines) == {}


def test_waits_beyond_the_99th_percentile_do_not_decide():
    hours = next(m for m in MEASURES["lead"] if not m.is_share)
    waits = np.array([1.0] * 400 + [9000.0, np.nan])
    assert np.nanmax(cut(waits, hours)) < 9000
    assert np.isnan(cut(waits, hours)[-1])


@pytest.mark.parametrize(
    ("since", "until", "pointer"),
    [("x", "", "/since"), ("2026-11-02", "2026-11-01", "/until"), ("2001-01-01", "2026-11-01", "/since")],
)
def test_periods_that_are_none_are_refused(since, until, pointer):
    with pytest.raises(Invalid) as refused:
        period_of(since, until)
    assert refused.value.errors[0].pointer == pointer


@pytest.fixture
def cast(db):
    """Four leads that went to who knows the product; another speaks the language better; all is in the report."""
    team, feed = given.unit(), given.skill()
    expert = given.person("孙", team, skills={feed: 5}, languages={"de": 1})
    speaker = given.person("陈", team, skills={feed: 1}, languages={"de": 5})
    scoring = lead_scoring(criteria=weights(product_knowledge=20, language=10))
    pump = given.pump(feed)
    leads = [given.lead(name=f"C{n}", product=pump, language="de") for n in range(4)]
    arrives = Actor("rule", f"scoring:{scoring.pk}", "Leads")
    for lead in leads:
        assign_by_scoring(record=lead, by=arrives)
    take_in(list(Entry.objects.filter(name__in=list(follow.handlers)).order_by("pk")))
    return scoring, expert, speaker, leads


def replayed(scoring, **more):
    return WORK.run(start_replay(scoring=scoring, by=OWNER, **more))


def test_the_version_of_then_gives_what_it_gave_whatever_people_have_forgotten(cast):
    scoring, expert, _speaker, _leads = cast
    forgets = PersonSkill.objects.get(person=expert)
    forgets.level = 1
    given.put(rows=[forgets], by=OWNER)
    told = replayed(scoring)
    assert (told.state, told.number) == ("done", 1)
    figures = told.figures
    assert [figures[name] for name in ("items", "moved", "moved_by_own", "nobody", "gone")] == [4, 0, 0, 0, 0]
    assert [(one["person"], one["before"], one["after"]) for one in figures["people"]] == [(expert.pk, 4, 4)]
    assert not told.moves.exists()


def test_other_weights_move_items_load_counts_along_the_way_and_nothing_is_written_but_the_replay(cast):
    scoring, expert, speaker, leads = cast
    entries = Entry.objects.count()
    told = replayed(scoring, content={"criteria": weights(product_knowledge=5, language=10)})
    assert told.number is None
    assert told.figures["moved"] == told.figures["on_card"] == 4
    assert told.figures["gini"] == pytest.approx([0.5, 0.5, 0.5])
    move = told.moves.first()
    assert (move.before_id, move.after_id, move.is_on_card, move.is_own) == (
        expert.pk,
        speaker.pk,
        True,
        False,
    )
    assert move.points_before < move.points_after
    assert told.figures["outcomes"]["well"]["refused"] == "few_moved"
    assert {type(leads[0]).objects.get(pk=lead.pk).owner_id for lead in leads} == {expert.pk}
    assert Entry.objects.count() == entries + 2
    told = replayed(scoring, content={"criteria": weights(load=10)})
    assert [one["after"] for one in told.figures["people"]] == [2, 2]
    assert told.figures["gini"][2] == 0


def test_a_replay_ends_where_it_is_cancelled_and_begins_anew_where_a_worker_stopped(cast):
    scoring, *_ = cast
    content = {"criteria": weights(language=10)}
    row = start_replay(scoring=scoring, content=content, by=OWNER)
    assert WORK.run(row, stop=lambda: True).state == "waiting"
    WORK.take_up_left_over()
    for _time in range(2):
        WORK.run(row)
    assert ReplayMove.objects.filter(replay=row).count() == 4
    with pytest.raises(NotRunning):
        cancel_replay(replay=row, by=OWNER)
    other = cancel_replay(replay=start_replay(scoring=scoring, content=content, by=OWNER), by=OWNER)
    assert WORK.run(other).state == "cancelled"
    assert not other.moves.exists()


def test_what_cannot_be_replayed_is_refused(cast):
    scoring, expert, *_ = cast
    with pytest.raises(Invalid):
        start_replay(scoring=scoring, content={"criteria": []}, by=OWNER)
    with pytest.raises(NotFound):
        start_replay(scoring=scoring, number=9, by=OWNER)
    with pytest.raises(Refused):
        start_replay(scoring=scoring, by=given.actor(expert))
    empty = replayed(scoring, until=(timezone.localdate() - timedelta(days=30)).isoformat())
    assert (empty.state, empty.figures["items"], empty.figures["people"]) == ("done", 0, [])


def test_too_little_to_learn_from_is_said_and_nothing_is_changed(cast):
    scoring, expert, *_ = cast
    row = LEARNING.run(learn_weights(scoring=scoring, by=OWNER))
    assert not row.proposed["is_enough"]
    assert [one["weight"] for one in row.proposed["weights"]] == [20, 10]
    assert Scoring.objects.get(pk=scoring.pk).number == 1
    with pytest.raises(Refused):
        learn_weights(scoring=scoring, by=given.actor(expert))
    with pytest.raises(NothingToLearnFrom):
        learn_weights(scoring=Scoring(kind="account", name="A"), by=OWNER)


def test_learning_ends_where_it_is_cancelled_and_begins_anew_where_a_worker_stopped(cast):
    scoring, *_ = cast
    row = learn_weights(scoring=scoring, by=OWNER)
    assert LEARNING.run(row, stop=lambda: True).state == "waiting"
    cancel_learning(learning=row, by=OWNER)
    assert LEARNING.run(row).proposed == {}
    with pytest.raises(NotRunning):
        cancel_learning(learning=row, by=OWNER)


@pytest.fixture(scope="module")
def client():
    """A client of the router alone."""
    api = NinjaAPI(urls_namespace="replays-alone")
    api.add_router("", router)
    return TestClient(router)


def test_replays_and_proposals_over_the_api(cast, client):
    scoring, expert, speaker, _leads = cast
    path = f"/scorings/{scoring.pk}"
    content = {"criteria": weights(language=10)}
    made = ask(client, "POST", f"{path}/replays", content=content)
    assert (made["state"], made["percent"], made["figures"]) == ("waiting", 0, {})
    WORK.run(ScoringReplay.objects.get(pk=made["id"]))
    told = ask(client, "GET", f"{path}/replays/{made['id']}")
    assert (told["state"], told["percent"], told["figures"]["moved"]) == ("done", 100, 4)
    moves = ask(client, "GET", f"{path}/replays/{made['id']}/moves")
    assert {(one["before"], one["after"]) for one in moves["items"]} == {(expert.pk, speaker.pk)}
    last = moves["items"][-1]["id"]
    assert ask(client, "GET", f"{path}/replays/{made['id']}/moves?after={last}") == {
        "items": [],
        "after": None,
    }
    other = ask(client, "POST", f"{path}/replays", number=1)["id"]
    assert ask(client, "POST", f"{path}/replays/{other}/cancel")["state"] == "cancelled"
    assert [one["id"] for one in ask(client, "GET", f"{path}/replays")] == [other, made["id"]]
    learnt = ask(client, "POST", f"{path}/learning", since="2026-01-01")
    assert (learnt["state"], learnt["proposed"]) == ("waiting", {})
    LEARNING.run(WeightLearning.objects.get())
    told = ask(client, "GET", f"{path}/learning/{learnt['id']}")
    assert (told["state"], told["percent"], told["proposed"]["items"]) == ("done", 100, 0)
    other = ask(client, "POST", f"{path}/learning", until="")["id"]
    assert ask(client, "POST", f"{path}/learning/{other}/cancel")["state"] == "cancelled"
    assert [one["id"] for one in ask(client, "GET", f"{path}/learning")] == [other, learnt["id"]]
    with pytest.raises(Refused):
        ask(client, "GET", f"{path}/replays", by=given.actor(expert))


def test_replays_on_screen(cast):
    scoring, expert, speaker, leads = cast
    path = f"/scorings/{scoring.pk}/replays/"
    begun = visit(OWNER, path, number="1", since="", until="")
    row = ScoringReplay.objects.get()
    assert begun.headers["Location"] == f"{path}{row.pk}/"
    assert "0 %" in words(visit(OWNER, f"{path}{row.pk}/?part=state"))
    draft = {"c0-name": "language", "c0-weight": "10", "e0-name": "takes_work"}
    visit(OWNER, path, htmx=True, draft="1", since="", until="", **draft)
    row = WORK.run(ScoringReplay.objects.first())
    shown = words(visit(OWNER, f"{path}{row.pk}/"))
    assert "Replaying the versions of then in the same way gives 0 of 4 items to somebody else" in shown
    assert "of fewer than 10 moved items the outcome is known" in shown
    assert leads[0].need in shown
    export = b"".join(visit(OWNER, f"{path}{row.pk}/moves.csv").streaming_content).decode()
    assert export.count(f"{expert.name},{speaker.name}") == 4
    assert visit(OWNER, path, number="1", since="x", until="").status_code == 422
    visit(OWNER, f"{path}{ScoringReplay.objects.last().pk}/cancel/", _post=True)
    assert "Cancelled" in words(visit(OWNER, path))


def test_proposed_weights_are_a_draft_until_somebody_saves_it(cast, monkeypatch):
    scoring, *_ = cast
    path = f"/scorings/{scoring.pk}/learning/"
    visit(OWNER, path, since="", until="")
    begun = WeightLearning.objects.get()
    assert "0 %" in words(visit(OWNER, f"{path}{begun.pk}/"))
    with pytest.raises(NotFound):
        visit(OWNER, f"{path}{begun.pk}/draft/")
    LEARNING.run(begun)
    assert "Too little to learn from" in words(visit(OWNER, f"{path}{WeightLearning.objects.get().pk}/"))
    learnt = Learnt(99, 40, 40, 20, (True, True), (31.54, 4.0), (28.5, 1.0), (34.5, 7.0), 3.0)
    monkeypatch.setattr("kinflow.automation.replay.proposing.learn", lambda *_given: learnt)
    visit(OWNER, path, since="", until="")
    row = LEARNING.run(WeightLearning.objects.first())
    assert "28.5 to 34.5" in words(visit(OWNER, f"{path}{row.pk}/"))
    content = proposed_content(row, current_version(scoring).content())
    assert [part["weight"] for part in content["criteria"]] == [31.5, 4]
    assert "Nothing changes until you save them" in words(visit(OWNER, f"{path}{row.pk}/draft/"))
    assert Scoring.objects.get(pk=scoring.pk).number == 1
    visit(OWNER, f"{path}{row.pk}/replay/", _post=True)
    assert ScoringReplay.objects.get().number is None
