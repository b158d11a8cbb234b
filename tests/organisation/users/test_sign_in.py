"""The door: who comes in, who waits, and that it leads nowhere else."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.test import Client

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.organisation.users.actions import create_user, disable_user
from kinflow.organisation.users.models import User
from kinflow.web.models import CachedValue

pytestmark = pytest.mark.django_db

WORD = "pumps-and-valves-7"
TOTP_KEY = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def user() -> User:
    return create_user(login="sky", email="sky@example.com", password=WORD, is_superuser=True, by=SYSTEM)


def sign_in(client, login="sky", password=WORD, **more):
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["sky", "SKY", "sky@example.com", " sky "])
def test_name_or_mail_and_password_open_the_door(client, user, login):
    answer = sign_in(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    entry = Entry.objects.get(name="organisation.signed_in")
    assert entry.actor_id == f"user:{user.pk}"


def test_a_wrong_password_does_not(client, user):
    answer = sign_in(client, password="wrong")
    assert answer.status_code == 200
    assert "Name or password is not right." in answer.content.decode()
    assert not is_in(client)


def test_nothing_tells_whether_a_name_exists(client, user):
    known = sign_in(client, password="wrong").content.decode()
    unknown = sign_in(client, login="nobody", password="wrong").content.decode()
    for text in (known, unknown):
        assert "Name or password is not right." in text


def test_a_disabled_user_stays_outside_and_is_thrown_out(client, user):
    create_user(login="second", password=WORD, is_superuser=True, by=SYSTEM)
    sign_in(client)
    disable_user(user=user, by=SYSTEM)
    assert client.get("/me/").status_code == 302
    afresh = Client()
    assert "Name or password is not right." in sign_in(afresh).content.decode()
    assert not is_in(afresh)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_the_door_leads_nowhere_else(client, user, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_the_door_leads_on_to_where_somebody_wanted(client, user):
    assert sign_in(client, next="/leads/?view=mine")["Location"] == "/leads/?view=mine"


def test_too_many_wrong_passwords_lock_this_name_from_this_address(client, user):
    for _try in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, password="wrong")
    assert answer.status_code == 429
    assert sign_in(client).status_code == 429, "now the right one does not help either"
    assert not is_in(client)
    assert Entry.objects.filter(name="organisation.sign_in_locked").count() == 1
    client.defaults["REMOTE_ADDR"] = "10.0.0.9"
    assert sign_in(client).status_code == 302, "an attacker elsewhere does not lock out the real one"


def test_what_strangers_type_is_not_kept(client, user):
    for _try in range(settings.AXES_FAILURE_LIMIT + 1):
        sign_in(client, login="my-secret-password", password="x")
    assert not Entry.objects.filter(name="organisation.sign_in_locked").exists()


def test_nobody_signs_up(client):
    assert client.get("/sign-in/new/")["Location"] == "/sign-in/"


def test_a_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client, user):
    cookie = sign_in(client).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_second_factor_is_asked_for(client, user):
    Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt(TOTP_KEY)})
    assert sign_in(client)["Location"] == "/sign-in/code/"
    assert not is_in(client)
    assert client.get("/me/").status_code == 302
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    now = totp.yield_hotp_counters_from_time()
    code = totp.format_hotp_value(totp.hotp_value(TOTP_KEY, next(iter(now))))
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert is_in(client)


def test_the_key_of_a_second_factor_is_not_kept_in_the_clear():
    kept = get_adapter().encrypt(TOTP_KEY)
    assert TOTP_KEY not in kept
    assert get_adapter().decrypt(kept) == TOTP_KEY


def test_a_password_is_set_anew_by_mail(client, user):
    client.post("/sign-in/password/", {"email": "sky@example.com"})
    [letter] = mail.outbox
    address = next(word for word in letter.body.split() if "/sign-in/password/new/" in word)
    path = "/" + address.split("/", 3)[3]
    form = client.get(path, follow=True)
    place = form.redirect_chain[-1][0]
    assert client.post(place, {"password1": "short", "password2": "short"}).status_code == 200
    client.post(place, {"password1": "other-pumps-88", "password2": "other-pumps-88"})
    assert sign_in(client, password="other-pumps-88").status_code == 302
    assert Entry.objects.filter(name="organisation.password_changed").exists()
    assert "already or is too old" in client.get(path, follow=True).content.decode()


def test_asking_for_an_unknown_address_says_the_same(client, user):
    known = client.post("/sign-in/password/", {"email": "sky@example.com"})
    unknown = client.post("/sign-in/password/", {"email": "nobody@example.com"})
    assert known["Location"] == unknown["Location"]


def test_the_demo_people_are_shown_only_where_the_demo_runs(client, settings):
    assert "pump-demo" not in client.get("/sign-in/").content.decode()
    settings.SIGN_INS_SHOWN = f"{__name__}.SHOWN"
    assert "pump-demo" in client.get("/sign-in/").content.decode()
    settings.SIGN_INS_SHOWN = "kinflow.nothing.here"
    assert client.get("/sign-in/").status_code == 200


SHOWN = [("Representative", "chen", "pump-demo")]


def test_a_name_with_markup_stays_text(client, user):
    answer = sign_in(client, login='"><script>alert(1)</script>', password="x")
    assert "<script>alert(1)" not in answer.content.decode()


def test_signing_out_everywhere_ends_the_other_sessions_only(client, user):
    other = Client()
    sign_in(client)
    sign_in(other)
    assert client.post("/me/sessions/")["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_behind_a_proxy_the_lock_out_is_of_the_address_that_the_proxy_saw(client, user, settings):
    settings.PROXIES = 1

    def tried_from(forwarded, password="wrong"):
        return client.post(
            "/sign-in/", {"login": "sky", "password": password}, headers={"X-Forwarded-For": forwarded}
        ).status_code

    codes = [tried_from(f"10.0.0.{number}, 198.51.100.4") for number in range(settings.AXES_FAILURE_LIMIT)]
    assert codes[-1] == 429, "what an attacker writes into the header makes no other caller of him"
    assert tried_from("198.51.100.4", WORD) == 429
    assert tried_from("198.51.100.5", WORD) == 302, "others behind the same proxy are not locked out"


def test_wrong_codes_of_a_second_factor_are_counted_over_all_processes(client, user):
    Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt(TOTP_KEY)})
    sign_in(client)
    client.post("/sign-in/code/", {"code": "000000"})
    assert CachedValue.objects.filter(cache_key__contains="login_failed").exists()
