"""Cases that are collected before a step: until there are enough, or the first has waited long enough."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kinflow.kit.problem import Invalid
from kinflow.processes.deployments.running import waiting_by_element
from kinflow.processes.designs.actions import change_design
from kinflow.processes.execution.actions import skip_step, start_process
from kinflow.processes.execution.models import ProcessInstance, ProcessWait
from kinflow.processes.execution.showing import standings
from tests.automation.given import lead
from tests.processes.studio.test_pages import client_of, words_of

from .given import at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db
DRAWN = "s start; g catch timer; a task; e end", "s g; g a; a e"
THREE = {"g": {"duration": {"amount": 4, "unit": "hours"}, "together": 3}}


@pytest.fixture
def me() -> Any:
    return owner()


def started(made: Any, me: Any) -> ProcessInstance:
    return start_process(design=made, about=lead(owner=me), by=by_of(me))


def test_all_go_on_when_enough_wait(me: Any) -> None:
    made = design(me, *DRAWN, THREE)
    first, second = started(made, me), started(made, me)
    follow()
    assert (at(first), at(second)) == (["g"], ["g"])
    third, fourth = started(made, me), None
    follow()
    assert [at(each) for each in (first, second, third)] == [["a"]] * 3
    fourth = started(made, me)
    follow()
    assert at(fourth) == ["g"]
    assert ProcessWait.objects.count() == 1


def test_those_that_are_too_few_go_on_when_the_first_has_waited_long_enough(
    me: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, now = design(me, *DRAWN, THREE), timezone.now()
    first = started(made, me)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=3))
    second = started(made, me)
    follow(now + timedelta(hours=3, minutes=59))
    assert (at(first), at(second)) == (["g"], ["g"])
    follow(now + timedelta(hours=4, minutes=1))
    assert (at(first), at(second)) == (["a"], ["a"])


def test_cases_that_left_the_gate_otherwise_do_not_count(me: Any) -> None:
    made = design(me, *DRAWN, THREE)
    first, second = started(made, me), started(made, me)
    token = first.tokens.get().number
    skip_step(processinstance=first, token=token, reason="Urgent", by=by_of(me))
    third = started(made, me)
    follow()
    assert [at(each) for each in (first, second, third)] == [["a"], ["g"], ["g"]]


def test_what_another_design_collects_does_not_count(me: Any) -> None:
    made, other = design(me, *DRAWN, THREE), design(me, *DRAWN, THREE, name="Other")
    waiting = [started(made, me), started(other, me), started(made, me)]
    follow()
    assert [at(each) for each in waiting] == [["g"]] * 3


@pytest.mark.parametrize("given", [0, -1, 1_001, "many", True, 2.5])
def test_how_many_is_a_number_of_cases(me: Any, given: Any) -> None:
    made = design(me, *DRAWN, live=False)
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, bindings={"g": THREE["g"] | {"together": given}}, by=by_of(me))
    assert [error.pointer for error in refused.value.errors] == ["/bindings/g/together"]


def test_on_a_border_nothing_is_collected(me: Any) -> None:
    made = design(me, "s start; a task; b border on=a timer; e end; f end", "s a; a e; b f", live=False)
    with pytest.raises(Invalid):
        change_design(processdesign=made, bindings={"b": THREE["g"]}, by=by_of(me))


def test_it_is_said_in_the_form_and_in_words(me: Any) -> None:
    made = design(me, *DRAWN, live=False)
    client = client_of("owner", "process_owner")
    page = f"/process-design/{made.pk}/element/g/"
    sent = {"seen": made.number, "duration:amount": "4", "duration:unit": "hours", "together": "10"}
    assert client.post(page, sent | {"together": "0"}).status_code == 422
    assert client.post(page, sent).status_code == 302
    assert "until 10 cases wait here, for 4 hours at most" in words_of(client, f"/process-design/{made.pk}/")
    assert 'name="together" value="10"' in client.get(page).content.decode()


def test_how_many_are_there_is_told_where_they_wait(me: Any) -> None:
    made = design(me, *DRAWN, THREE)
    first = started(made, me)
    started(made, me)
    follow()
    client = client_of("owner", "process_owner", "team_lead", "representative")
    for address in (f"/process-instance/{first.pk}/", f"/process-design/{made.pk}/running/"):
        assert client.get(address).status_code == 200
    assert [one.told for one in standings(first, by_of(me))] == ["Waits for others: 2 of 3 are here."]
    assert "collects 3 cases" in words_of(client, f"/process-design/{made.pk}/running/")
    (waiting,) = waiting_by_element(made, made.live_number or 0, timezone.now())
    assert (waiting.count, waiting.together) == (2, 3)


@pytest.mark.django_db(transaction=True)
def test_those_who_come_at_once_count_each_other(me: Any) -> None:
    made = design(me, *DRAWN, {"g": THREE["g"] | {"together": 4}})
    together, begun = threading.Barrier(4), []

    def come() -> None:
        about = lead(owner=me)
        together.wait()
        begun.append(start_process(design=made, about=about, by=by_of(me)))
        connection.close()

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    follow()
    assert [at(each) for each in begun] == [["a"]] * 4
