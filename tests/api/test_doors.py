"""Who is let in: tokens, sessions, strangers; how often; and in which language."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kinflow.organisation.users.models import Token
from kinflow.web import rates

from .. import factories
from . import given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    rates.forget()


def test_strangers_are_asked_who_they_are():
    answer = given.stranger().get("/leads")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Kinflow"'
    assert answer.json()["code"] == "sign-in-needed"


@pytest.mark.parametrize(
    "text", ["Bearer kf_nothing", "Bearer", "Basic eDp5", "Bearer ü", "Bearer " + "k" * 500]
)
def test_what_is_no_token_is_refused(text):
    answer = Client().get("/api/v1/me", headers={"Authorization": text})
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


@pytest.mark.parametrize("over", ["expired", "revoked", "left"])
def test_a_token_that_is_over_says_so(over):
    boss = given.caller()
    now = timezone.now()
    if over == "expired":
        Token.objects.update(expires_at=now - timedelta(seconds=1))
    elif over == "revoked":
        Token.objects.update(revoked_at=now)
    else:
        Token.objects.get().user.__class__.objects.update(is_active=False)
    answer = boss.get("/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "token-expired"
    assert answer.json()["detail"]


def test_a_session_writes_only_with_the_mark_of_its_browser():
    boss = given.caller()
    client = Client(enforce_csrf_checks=True)
    user = Token.objects.get().user
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    assert client.get("/api/v1/me").json()["name"] == boss.person.name
    body = {"name": "宁波海天机械"}
    refused = client.post("/api/v1/accounts", body, content_type="application/json")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    client.get("/me/")
    mark = "a" * 32
    client.cookies["csrftoken"] = mark
    done = client.post(
        "/api/v1/accounts", body, content_type="application/json", headers={"X-CSRFToken": mark}
    )
    assert done.status_code == 201, done.content


def test_a_token_that_may_read_does_not_write():
    contact = factories.contact()
    reader = given.caller(scopes=("read",))
    assert reader.get("/leads").status_code == 200
    assert reader.post("/leads", {"contact": contact.pk}).status_code == 403


def test_a_token_for_one_kind_of_record_knows_no_other():
    lead = factories.lead()
    only = given.caller(scopes=("lead:write",))
    told = only.get(f"/leads/{lead.pk}").json()
    assert told["fields"]["contact"]["title"] == ""
    assert only.patch(f"/leads/{lead.pk}", {"changes": {"score": 3}}).status_code == 200
    assert only.get("/contacts").json()["items"] == []
    assert only.get(f"/contacts/{lead.contact_id}").status_code == 404


def test_the_description_is_for_everybody():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")


def test_problems_speak_the_language_of_the_request_and_else_that_of_the_user():
    boss = given.caller(language="zh-hans")
    assert not boss.get("/leads/999999").json()["title"].isascii()
    told = boss.client.get("/api/v1/leads/999999", headers=boss.headers | {"Accept-Language": "en"}).json()
    assert told["title"].isascii()


def test_who_asks_too_often_waits(settings):
    settings.API_RATES = {"address": 100, "stranger": 2, "caller": 3}
    boss = given.caller()
    codes = [boss.get("/me").status_code for _each in range(4)]
    assert codes[:3] == [200, 200, 200]
    late = boss.get("/me")
    assert late.status_code == 429
    assert 1 <= int(late["Retry-After"]) <= 60
    assert late.json()["remedy"]
    assert given.caller().get("/me").status_code == 200
    codes = [given.stranger().get("/me").status_code for _each in range(4)]
    assert codes == [401, 401, 429, 429]


def test_who_waits_is_told_in_their_language(settings):
    settings.API_RATES = {"address": 100, "stranger": 100, "caller": 1}
    boss = given.caller(language="zh-hans")
    boss.get("/me")
    late = boss.get("/me")
    assert late["Content-Type"] == "application/problem+json"
    assert late.json()["remedy"] == f"请在 {late['Retry-After']} 秒后重试。"
    told = boss.client.get("/api/v1/me", headers=boss.headers | {"Accept-Language": "en"}).json()
    assert told["remedy"].startswith("Try again in ")


def test_behind_a_proxy_each_caller_has_an_address_of_their_own(settings):
    settings.API_RATES = {"address": 2, "stranger": 100, "caller": 100}
    settings.PROXIES = 1
    boss = given.caller()

    def asked_from(forwarded):
        return boss.client.get(
            "/api/v1/me", headers=boss.headers | {"X-Forwarded-For": forwarded}
        ).status_code

    assert [asked_from(f"10.0.0.{number}, 198.51.100.4") for number in range(3)] == [200, 200, 429]
    assert asked_from("198.51.100.5") == 200


def test_an_address_that_asks_too_often_waits(settings):
    settings.API_RATES = {"address": 2, "stranger": 100, "caller": 100}
    assert [given.caller().get("/me").status_code for _each in range(3)] == [200, 200, 429]
