"""Whoever has the task of a step may let it go otherwise, and says why; nobody else but leads and process owners."""

import pytest

from kinflow.customers.activities.actions import assign_activity, finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, Refused
from kinflow.processes.execution.actions import (
    cancel_process,
    move_token,
    retry_step,
    skip_step,
    start_process,
)
from tests.automation.given import lead, person, unit

from .given import at, by_of, design, owner
from .test_pages import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A representative with the task of the first of three steps beside another one, and who is not asked."""
    me = owner()
    rep, other = (person(name, unit(name), roles=("representative",)) for name in ("West", "South"))
    made = design(me, "s start; f and; a task; x task; b task; e end", "s f; f a; f x; a b; b e; x e", {
        "a": {"kind": "task", "assign": "owner"}, "b": {"kind": "task", "assign": "owner"}})  # fmt: skip
    started = start_process(design=made, about=lead(owner=rep), by=by_of(me))
    return started, rep, other


def number_at(started, node):
    return started.tokens.get(node=node).number


def test_the_step_of_ones_own_task_is_skipped_or_left_with_a_reason(world):
    started, rep, _other = world
    with pytest.raises(Invalid):
        skip_step(processinstance=started, token=number_at(started, "a"), reason=" ", by=by_of(rep))
    skip_step(
        processinstance=started, token=number_at(started, "a"), reason="Done on the phone", by=by_of(rep)
    )
    assert at(started) == ["b", "x"]
    told = Entry.objects.get(name="processes.process_step_skipped")
    assert (told.actor_id, told.data["reason"]) == (str(rep.pk), "Done on the phone")
    move_token(
        processinstance=started, token=number_at(started, "b"), to="a", reason="Once more", by=by_of(rep)
    )
    assert at(started) == ["a", "x"]


def test_no_other_step_and_nothing_else_is_theirs(world):
    started, rep, other = world
    for who, node in ((rep, "x"), (other, "a")):
        with pytest.raises(Refused):
            skip_step(processinstance=started, token=number_at(started, node), reason="why", by=by_of(who))
    for act in (
        lambda: cancel_process(processinstance=started, reason="why", by=by_of(rep)),
        lambda: retry_step(processinstance=started, token=number_at(started, "a"), by=by_of(rep)),
    ):
        with pytest.raises(Refused):
            act()
    assert at(started) == ["a", "x"]


def test_a_task_that_was_given_away_or_finished_lets_nobody_deviate(world):
    started, rep, other = world
    number = number_at(started, "a")
    task = Activity.objects.get(pk=started.tokens.get(number=number).activity_id)
    assign_activity(activity=task, person=other, by=SYSTEM)
    with pytest.raises(Refused):
        skip_step(processinstance=started, token=number, reason="why", by=by_of(rep))
    task.refresh_from_db()
    finish_activity(activity=task, by=SYSTEM)
    with pytest.raises(Refused):
        skip_step(processinstance=started, token=number, reason="why", by=by_of(other))


def test_a_key_that_only_reads_lets_nothing_go_otherwise(world):
    started, rep, _other = world
    by = by_of(rep)
    reading = type(by)(**{**vars(by), "scopes": frozenset({"read"})})
    with pytest.raises(Refused):
        skip_step(processinstance=started, token=number_at(started, "a"), reason="why", by=reading)


def test_the_page_offers_it_at_ones_own_step_alone(world):
    started, rep, other = world
    page = get(rep, f"/process-instance/{started.pk}/").content.decode()
    assert page.count("correct/skip/") == page.count("correct/move/") == 1
    assert "correct/cancel/" not in page
    assert f'id="in-skip-{number_at(started, "a")}"' in page
    here = f"/process-instance/{started.pk}/correct/skip/"
    assert post(rep, here, token=number_at(started, "x"), reason="why").status_code == 403
    assert post(rep, here, token=number_at(started, "a"), reason="why").status_code == 302
    assert at(started) == ["b", "x"]


def test_what_has_ended_stays(world):
    started, rep, _other = world
    cancel_process(processinstance=started, reason="over", by=by_of(started.design.owner))
    started.refresh_from_db()
    with pytest.raises((Conflict, Refused)):
        skip_step(processinstance=started, token=1, reason="why", by=by_of(rep))
