"""Where there is nothing to replay, or not all of it yet, the replay and the proposed weights say why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import assign_by_scoring, give
from kinflow.automation.replay.actions import start_replay
from kinflow.automation.replay.learning_actions import learn_weights
from kinflow.automation.replay.proposing import WORK as LEARNING
from kinflow.automation.replay.running import WORK
from kinflow.automation.scoring_reports.following import NAME, follow, take_in
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Cursor, Entry, Failure

from . import given
from .given import OWNER
from .scorings_given import lead_scoring, weights
from .test_pages import visit, words

pytestmark = pytest.mark.django_db
UNREAD = "has been read yet"


@pytest.fixture
def scoring():
    """A scoring, and somebody for it to give work to."""
    given.person("孙", given.unit("West"))
    return lead_scoring(criteria=weights(load=10))


def read_all():
    """The reader of what scorings gave out has read the log to its end."""
    found = list(Entry.objects.filter(name__in=list(follow.handlers)).order_by("pk"))
    take_in(found)
    last = Entry.objects.latest("pk")
    Cursor.objects.update_or_create(pk=NAME, defaults={"tx": int(last.tx), "entry_id": last.pk})


def arrive(scoring):
    """A lead that the scoring gave out."""
    lead = given.lead()
    assign_by_scoring(record=lead, by=Actor("rule", f"scoring:{scoring.pk}", "Leads"))
    return lead


def told(scoring):
    """What comes of a replay, and its page in words."""
    row = WORK.run(start_replay(scoring=scoring, by=OWNER))
    return row.figures, words(visit(OWNER, f"/scorings/{scoring.pk}/replays/{row.pk}/"))


def test_a_scoring_that_gave_out_nothing(scoring):
    read_all()
    figures, page = told(scoring)
    assert (figures["empty"], figures["is_complete"]) == ("nothing", True)
    assert "gave out nothing in this period" in page


def test_what_another_scoring_gave_out_is_nothing_for_this_one(scoring):
    arrive(scoring)
    read_all()
    assert told(lead_scoring(criteria=weights(load=5), name="Other"))[0]["empty"] == "nothing"


def test_what_people_gave_out_has_no_score_card(scoring):
    give(record=given.lead(), person=given.person("陈", given.unit()), reason="why", by=SYSTEM)
    read_all()
    figures, page = told(scoring)
    assert (figures["empty"], figures["is_complete"]) == ("no_cards", True)
    assert "no score card tells" in page
    assert UNREAD not in page


def test_what_the_reader_has_not_read_yet_may_be_missing(scoring):
    read_all()
    arrive(scoring)
    figures, page = told(scoring)
    assert (figures["items"], figures["is_complete"]) == (0, False)
    assert UNREAD in page
    assert "gave out nothing" not in page
    learnt = LEARNING.run(learn_weights(scoring=scoring, by=OWNER))
    assert UNREAD in words(visit(OWNER, f"/scorings/{scoring.pk}/learning/{learnt.pk}/"))
    read_all()
    figures, page = told(scoring)
    assert (figures["items"], figures["empty"], figures["is_complete"]) == (1, "", True)
    assert UNREAD not in page


def test_what_the_reader_failed_at_is_missing_too(scoring):
    arrive(scoring)
    read_all()
    entry = Entry.objects.filter(name="sales.lead_assigned").get()
    Failure.objects.create(reader=NAME, entry=entry, error="?", failed_at=timezone.now())
    assert told(scoring)[0]["is_complete"] is False


def test_what_is_read_late_of_other_times_does_not_matter(scoring):
    read_all()
    arrive(scoring)
    day = (timezone.localdate() - timedelta(days=9)).isoformat()
    row = WORK.run(start_replay(scoring=scoring, until=day, by=OWNER))
    assert row.figures["is_complete"] is True


def test_what_is_not_there_any_more_is_said_to_be_gone(scoring, monkeypatch):
    arrive(scoring)
    read_all()
    monkeypatch.setattr("kinflow.automation.replay.logged.load_items", lambda *_given: ([], []))
    figures, page = told(scoring)
    assert (figures["items"], figures["gone"], figures["empty"]) == (0, 1, "gone")
    assert "is not there any more" in page
