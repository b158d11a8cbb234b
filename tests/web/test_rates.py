"""How often somebody may ask: exactly so often, over all processes, with hardly any question to the database."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from kinflow.web import rates
from kinflow.web.models import TakenPlaces

NOW = datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)
PROGRAM = """
import django; django.setup()
from datetime import datetime
from django.conf import settings
from kinflow.web.rates import seconds_to_wait
settings.DATABASES["default"]["NAME"] = {name!r}
let_in = 0
while seconds_to_wait("caller:7", 400, datetime.fromisoformat({now!r})) == 0:
    let_in += 1
print(let_in)
"""


@pytest.fixture(autouse=True)
def _nobody_asked_yet():
    rates.forget()
    yield
    rates.forget()


def let_in(who: str, most: int, times: int, now: datetime = NOW) -> int:
    return sum(rates.seconds_to_wait(who, most, now) == 0 for _each in range(times))


@pytest.mark.django_db
@pytest.mark.parametrize("most", [0, 1, 2, 17, 100])
def test_exactly_so_many_are_let_in(most):
    assert let_in("caller:1", most, most + 20) == most


@pytest.mark.django_db
def test_one_who_asks_too_often_does_not_keep_others_waiting():
    let_in("caller:1", 5, 9)
    assert let_in("caller:2", 5, 5) == 5


@pytest.mark.django_db
def test_it_tells_how_long_to_wait_and_lets_in_again_afterwards():
    let_in("caller:1", 5, 5)
    wait = rates.seconds_to_wait("caller:1", 5, NOW)
    assert wait == 45
    assert rates.seconds_to_wait("caller:1", 5, NOW + timedelta(seconds=44)) == 1
    assert rates.seconds_to_wait("caller:1", 5, NOW + timedelta(seconds=wait)) == 0


@pytest.mark.django_db
def test_hardly_any_request_asks_the_database(django_assert_max_num_queries):
    let_in("caller:0", 5, 1)
    with django_assert_max_num_queries(1):
        let_in("caller:1", 1600, 100)
    with django_assert_max_num_queries(100):
        let_in("caller:1", 1600, 1500)
    with django_assert_max_num_queries(1):
        let_in("caller:1", 1600, 1000)


@pytest.mark.django_db
def test_what_was_counted_is_removed_when_it_is_over():
    let_in("caller:1", 5, 1)
    let_in("caller:1", 5, 1, NOW + timedelta(minutes=3))
    assert TakenPlaces.objects.count() == 1


@pytest.mark.django_db
def test_an_attack_from_many_addresses_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(rates, "MOST_KNOWN", 10)
    for number in range(50):
        rates.seconds_to_wait(f"address:{number}", 100, NOW)
    assert len(rates._places.left) <= 11


@pytest.mark.django_db(transaction=True)
def test_processes_count_together():
    program = PROGRAM.format(name=connection.settings_dict["NAME"], now=NOW.isoformat())
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": "src"}
    both = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
        for _each in range(2)
    ]
    told = [int(process.communicate()[0]) for process in both]
    assert sum(told) == 400
