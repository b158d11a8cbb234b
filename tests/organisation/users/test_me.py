"""My own settings: liked, kept, shown once, and nobody else's."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.organisation.models import Token, User
from kinflow.organisation.people.actions import record_leaving
from kinflow.organisation.users.actions import create_user
from kinflow.organisation.users.tokens import actor_of_token, issue
from kinflow.records.access import REPRESENTATIVE
from tests import factories

pytestmark = pytest.mark.django_db

WORD = "pumps-and-valves-7"


def representative(name: str = "陈宇", login: str = "chen") -> User:
    made = factories.person(name[:1], name[1:], roles=[REPRESENTATIVE])
    return create_user(login=login, person=made, password=WORD, by=SYSTEM)


def client_of(user: User) -> Client:
    client = Client()
    assert client.post("/sign-in/", {"login": user.username, "password": WORD}).status_code == 302
    return client


def test_without_signing_in_there_is_nothing_of_ones_own(client):
    answer = client.get("/me/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_the_language_is_kept_and_spoken_from_the_next_page():
    user = representative()
    client = client_of(user)
    client.post("/preferences/", {"language": "zh-hans", "theme": "dark", "time_zone": "Europe/Berlin"})
    user.refresh_from_db()
    assert (user.language, user.theme, user.time_zone) == ("zh-hans", "dark", "Europe/Berlin")
    assert client.get("/me/")["Content-Language"] == "zh-hans"
    assert client.cookies["django_language"].value == "zh-hans"


def test_values_that_mean_nothing_are_not_taken():
    user = representative()
    client_of(user).post("/preferences/", {"language": "xx", "theme": "<b>", "time_zone": "../../etc/passwd"})
    user.refresh_from_db()
    assert (user.language, user.theme, user.time_zone) == ("", "", "")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example/"])
def test_preferences_lead_nowhere_else(elsewhere):
    answer = client_of(representative()).post("/preferences/", {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_token_is_shown_once_and_works():
    user = representative()
    client = client_of(user)
    answer = client.post("/me/tokens/", {"name": "reports", "scopes": ["lead:read"], "days": "30"})
    [text] = re.findall(r'value="(kf_[\w-]+)"', answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert text not in client.get("/me/").content.decode()
    actor = actor_of_token(text, timezone.now())
    assert (actor.person_id, actor.scopes) == (user.person_id, {"lead:read"})


def test_a_token_without_scopes_is_not_issued_and_what_was_entered_stays():
    answer = client_of(representative()).post("/me/tokens/", {"name": "<i>reports", "days": "30"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose at least one scope." in text
    assert "&lt;i&gt;reports" in text
    assert not Token.objects.exists()


def test_nobody_revokes_the_token_of_another():
    chen, lin = representative(), representative("林晓", "lin")
    issue(chen, "mine", ["read"])
    token = Token.objects.get()
    assert client_of(lin).post(f"/me/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    client_of(chen).post(f"/me/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_name_with_markup_stays_text():
    user = representative("<b>x</b>")
    assert "<b>x</b>" not in client_of(user).get("/me/").content.decode()


def test_who_left_is_outside():
    user = representative()
    client = client_of(user)
    record_leaving(person=user.person, on=timezone.localdate(), by=SYSTEM)
    assert client.get("/me/").status_code == 302
