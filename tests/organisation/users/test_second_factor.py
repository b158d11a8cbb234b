"""The second factor: switched on with a code, asked for from then on, opened once by each recovery code."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.organisation.users.actions import create_user

from .test_me import WORD, client_of

pytestmark = pytest.mark.django_db

ON, OFF, AGAIN, CODES = (
    "/me/second-factor/on/",
    "/me/second-factor/off/",
    "/sign-in/again/",
    "/me/second-factor/codes/",
)


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def switched_on(user) -> tuple[Client, str]:
    client = client_of(user)
    assert client.get(ON)["Location"].startswith(AGAIN), "whoever finds an open browser cannot change it"
    client.post(AGAIN, {"password": WORD})
    [secret] = re.findall(r'<code class="key">(\w+)</code>', client.get(ON).content.decode())
    assert "This code is not right." in client.post(ON, {"code": "12"}).content.decode()
    assert client.post(ON, {"code": code_of(secret)})["Location"] == CODES
    return client, secret


@pytest.fixture
def user():
    return create_user(login="sky", password=WORD, is_superuser=True, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_it_is_switched_on_with_a_code_and_off_again(user):
    client, secret = switched_on(user)
    entry = Entry.objects.get(name="organisation.second_factor_set")
    assert entry.data == {"person": None, "login": "sky", "is_on": True}
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
    client.post(OFF)
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(name="organisation.second_factor_set", data__is_on=False).exists()


def test_a_recovery_code_opens_the_door_once(user):
    client, _secret = switched_on(user)
    code = re.findall(r"<li><code>(\w+)</code>", client.get(CODES).content.decode())[0]
    for is_open in (True, False):
        fresh = Client()
        fresh.post("/sign-in/", {"login": "sky", "password": WORD})
        fresh.post("/sign-in/code/", {"code": code})
        assert ("_auth_user_id" in fresh.session) is is_open


def test_a_code_cannot_be_guessed_without_end(user):
    switched_on(user)
    client = Client()
    client.post("/sign-in/", {"login": "sky", "password": WORD})
    for _try in range(12):
        answer = client.post("/sign-in/code/", {"code": "000000"})
    assert "Too many tries" in answer.content.decode()
