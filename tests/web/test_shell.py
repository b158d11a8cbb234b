"""The frame around pages: the door, problems, preferences, security headers."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Conflict
from kinflow.organisation.users.actions import create_user
from kinflow.organisation.users.models import User
from kinflow.web import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return create_user(login="zhou", password="pumps-and-valves-7", is_superuser=True, by=SYSTEM)


@pytest.fixture
def inside(client: Client, user: User) -> Client:
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    return client


@pytest.fixture
def parts_shown(settings) -> None:
    settings.SIGN_INS_SHOWN = "somewhere"


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(client):
    assert client.get("/notices/?page=2")["Location"] == "/sign-in/?next=%2Fnotices%2F%3Fpage%3D2"


def test_htmx_is_told_of_the_door_by_a_header_with_the_page_and_not_the_fragment(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/leads/?view=hot"}
    answer = client.get("/notices/count/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in/?next=%2Fleads%2F%3Fview%3Dhot")


def test_the_way_back_never_leads_elsewhere(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example//evil.example/"}
    assert client.get("/notices/count/", headers=headers)["HX-Redirect"] == "/sign-in/?next=%2F"


def test_every_page_carries_a_policy_with_a_fresh_nonce(inside, parts_shown):
    first, second = (inside.get("/_components/")["Content-Security-Policy"] for _ in range(2))
    assert "script-src 'self' 'nonce-" in first
    assert first != second
    assert "unsafe-eval" not in first


def test_the_components_are_shown_only_where_somebody_develops_or_tries(inside, settings):
    settings.DEBUG, settings.SIGN_INS_SHOWN = False, ""
    assert inside.get("/_components/").status_code == 404


def test_a_missing_page_says_so_in_the_frame_and_in_the_readers_language(inside, user):
    user.language = "zh-hans"
    user.save(update_fields=["language"])
    answer = inside.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert '<html lang="zh-Hans"' in answer.content.decode()
    assert "这个地址" in answer.content.decode()


def test_a_problem_of_a_fragment_becomes_a_toast():
    request = RequestFactory().get("/leads/", headers={"HX-Request": "true"})
    with translation.override("en"):
        answer = problems.answer(request, Conflict("Somebody was faster", remedy="Look again."))
    assert answer.status_code == 409
    assert answer["HX-Reswap"] == "none"
    told = json.loads(answer["HX-Trigger"])["kinflow:toast"]
    assert told == {"text": "Somebody was faster. Look again.", "tone": "bad"}


def test_a_problem_of_the_api_is_a_problem_document():
    answer = problems.answer(RequestFactory().get("/api/v1/leads"), Conflict("Somebody was faster"))
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert (told["status"], told["code"], told["instance"]) == (409, "conflict", "/api/v1/leads")


def test_a_broken_page_tells_a_number_and_logs_the_error_under_it(caplog):
    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("the password is hunter2")

    request = RequestFactory().get("/leads/")
    try:
        view(request)
    except RuntimeError:
        answer = problems.broken(request)
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "hunter2" not in text
    number = caplog.records[-1].args[0]
    assert number in text
    assert "hunter2" in caplog.text


def test_the_theme_is_kept_with_the_sign_in(inside, user, parts_shown):
    assert (
        inside.post("/preferences/", {"theme": "dark", "next": "/_components/"})["Location"]
        == "/_components/"
    )
    user.refresh_from_db()
    assert user.theme == "dark"
    assert 'data-theme="dark"' in inside.get("/_components/").content.decode()


def test_language_is_switched_before_the_door(client):
    client.post("/preferences/", {"language": "zh-hans", "next": "https://evil.example/"})
    assert '<html lang="zh-Hans"' in client.get("/sign-in/").content.decode()


def test_what_is_no_language_is_not_taken(inside, user):
    assert inside.post("/preferences/", {"language": "tlh", "next": "//evil.example"})["Location"] == "/"
    user.refresh_from_db()
    assert user.language == ""


def test_the_frame_reads_without_scripts(inside, parts_shown):
    text = inside.get("/_components/").content.decode()
    assert 'href="/me/"' in text
    assert text.count("<main") == 1
    assert "hx-headers" in text
