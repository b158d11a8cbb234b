"""Idempotency keys: what is sent twice is done once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kinflow.customers.models import Account
from kinflow.web import rates
from kinflow.web.models import KeptAnswer
from kinflow.web.once import KEPT

from . import given

BODY = {"name": "宁波海天机械"}


@pytest.fixture(autouse=True)
def _fresh_counts():
    rates.forget()


@pytest.fixture
def boss(db):
    return given.caller()


def test_the_same_write_again_gives_the_same_answer(boss):
    first = boss.post("/accounts", BODY, Idempotency_Key="a-1")
    again = boss.post("/accounts", BODY, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert again["Location"] == first["Location"]
    assert Account.objects.count() == 1


def test_another_write_with_the_same_key_is_refused(boss):
    boss.post("/accounts", BODY, Idempotency_Key="a-1")
    other = boss.post("/accounts", {"name": "Other"}, Idempotency_Key="a-1")
    assert other.status_code == 409
    assert other.json()["code"] == "idempotency-key-used"
    assert Account.objects.count() == 1


def test_keys_of_others_are_others(boss):
    boss.post("/accounts", BODY, Idempotency_Key="a-1")
    assert given.caller().post("/accounts", BODY, Idempotency_Key="a-1").status_code == 201
    assert KeptAnswer.objects.count() == 2


def test_what_failed_may_be_tried_again_with_its_key(boss):
    assert boss.post("/accounts", {"name": ""}, Idempotency_Key="a-1").status_code == 422
    assert KeptAnswer.objects.count() == 0
    assert boss.post("/accounts", BODY, Idempotency_Key="a-1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_what_is_no_key_is_refused(boss, key):
    answer = boss.post("/accounts", BODY, Idempotency_Key=key)
    assert answer.status_code == 400
    assert not Account.objects.exists()


def test_answers_are_forgotten_after_a_day(boss):
    boss.post("/accounts", BODY, Idempotency_Key="a-1")
    KeptAnswer.objects.update(kept_at=timezone.now() - KEPT - timedelta(seconds=1))
    assert boss.post("/accounts", {"name": "Other"}, Idempotency_Key="a-2").status_code == 201
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["a-2"]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_runs_and_the_other_waits_for_its_answer():
    boss = given.caller()
    start = threading.Barrier(2)
    answers = []

    def send():
        try:
            mine = given.Caller(boss.person, boss.token, Client())
            start.wait()
            answers.append(mine.post("/accounts", BODY, Idempotency_Key="a-1"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sorted("Idempotent-Replayed" in answer for answer in answers) == [False, True]
    assert answers[0].content == answers[1].content
    assert Account.objects.count() == 1
