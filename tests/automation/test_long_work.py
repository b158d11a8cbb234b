"""Long work by the example of a replay: what goes wrong, how far it is, and what a reader is told of it."""

import pytest
from django.db import OperationalError
from django.utils import translation

from kinflow.automation.replay import running
from kinflow.automation.replay.actions import start_replay
from kinflow.automation.replay.models import ScoringReplay
from kinflow.automation.replay.running import WORK, NoSuchKind
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.records.long_work.models import WorkProgress
from kinflow.records.long_work.progress import note_progress
from kinflow.records.long_work.telling import fault_words, work_told, works_told

from .given import OWNER
from .scorings_given import lead_scoring, weights

pytestmark = pytest.mark.django_db


@pytest.fixture
def replay() -> ScoringReplay:
    return start_replay(scoring=lead_scoring(criteria=weights(load=5)), by=OWNER)


def breaks(monkeypatch, error: Exception) -> None:
    def broken(*_given):
        raise error

    monkeypatch.setattr(running, "load_people", broken)


def test_a_fault_that_is_known_is_told_in_the_readers_language(replay, monkeypatch):
    breaks(monkeypatch, NoSuchKind())
    row = WORK.run(replay)
    assert (row.state, row.fault) == ("failed", "no_kind")
    assert fault_words(row) == "There is no such kind of work any more."
    with translation.override("zh-hans"):
        assert "工作" in fault_words(row)
    entry = Entry.objects.get(name="automation.replay_failed")
    assert "no such kind of work" in str(narrate([entry])[0])


def test_what_nobody_expected_ends_the_work_and_is_not_tried_for_ever(replay, monkeypatch):
    breaks(monkeypatch, ValueError("a secret"))
    row = WORK.run(replay)
    assert (row.state, row.fault) == ("failed", "unexpected")
    assert "program’s own log" in fault_words(row)


def test_where_the_database_was_away_another_worker_takes_it_up(replay, monkeypatch):
    breaks(monkeypatch, OperationalError("away"))
    with pytest.raises(OperationalError):
        WORK.run(replay)
    assert ScoringReplay.objects.get().state == "waiting"


def test_a_fault_in_words_is_told_as_it_is(replay):
    assert fault_words(ScoringReplay(fault="Older words.")) == "Older words."


def test_how_far_it_is_is_seen_while_it_runs_and_forgotten_afterwards(replay):
    note_progress(replay, 0.404, "items", 3, 8)
    assert [work_told(replay)[name] for name in ("percent", "stage")] == [40, "3 of 8 items"]
    assert [told["percent"] for _row, told in works_told([replay])] == [40]
    row = WORK.run(replay)
    assert [work_told(row)[name] for name in ("state", "percent", "stage")] == ["done", 100, ""]
    assert not WorkProgress.objects.exists()


def test_progress_is_noted_by_the_hundredth_and_a_row_that_is_gone_is_not_gone_on_with(replay):
    told = WORK._teller(replay, lambda: False)
    assert told(0.0, "items", 0, 1000)
    assert told(0.009, "items", 9, 1000)
    assert WorkProgress.objects.get().done == 0
    assert told(0.01, "items", 10, 1000)
    assert WorkProgress.objects.get().done == 10
    assert not WORK._teller(ScoringReplay(pk=0), lambda: False)(0.5)
    assert not WORK._teller(replay, lambda: True)(0.5)
