"""Tokens act for their user, within their scopes, for their time."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.users.actions import create_user, disable_user, issue_token, revoke_token
from kinflow.organisation.users.actors import actor_of
from kinflow.organisation.users.models import Token, User
from kinflow.organisation.users.tokens import TokenExpired, actor_of_token, issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return create_user(login="sky", password="long-enough-13", is_superuser=True, by=SYSTEM)


def test_a_token_acts_for_its_user_within_its_scopes(user):
    text = issue(user, "reports", ["read", "lead:write"])
    actor = actor_of_token(text, timezone.now())
    assert actor.id == f"user:{user.pk}"
    assert actor.roles == {"administrator"}
    assert actor.scopes == {"read", "lead:write"}


def test_only_a_digest_is_kept(user):
    text = issue(user, "reports", ["read"])
    token = Token.objects.get()
    kept = " ".join(str(value) for value in token.__dict__.values())
    told = " ".join(str(entry.data) for entry in Entry.objects.all())
    assert text not in kept
    assert text not in told
    assert text.startswith(token.hint)
    assert len(token.hint) < 12


@pytest.mark.parametrize("text", ["", "kf_", "kf_unknown", "Bearer x", "\x00", "kf_" + "a" * 5000])
def test_what_never_was_a_token_is_nobody(text):
    assert actor_of_token(text, timezone.now()) is None


def test_an_expired_token_says_so(user):
    ends = timezone.now() + timedelta(hours=1)
    text = issue(user, "reports", ["read"], ends)
    with pytest.raises(TokenExpired) as caught:
        actor_of_token(text, ends)
    assert (caught.value.status, caught.value.code) == (401, "token-expired")
    assert actor_of_token(text, ends - timedelta(seconds=1))


def test_a_revoked_token_and_one_of_a_disabled_user_hold_no_longer(user):
    other = create_user(login="second", password="long-enough-13", is_superuser=True, by=SYSTEM)
    token, text = issue_token(user=user, name="x", scopes=["read"], by=actor_of(user))
    revoke_token(token=token, by=actor_of(user))
    with pytest.raises(TokenExpired, match="revoked"):
        actor_of_token(text, timezone.now())
    text = issue(other, "y", ["read"])
    disable_user(user=other, by=SYSTEM)
    with pytest.raises(TokenExpired):
        actor_of_token(text, timezone.now())


def test_use_is_noted_at_most_once_a_minute(user):
    text, now = issue(user, "reports", ["read"]), timezone.now()
    actor_of_token(text, now)
    actor_of_token(text, now + timedelta(seconds=59))
    assert Token.objects.get().used_at == now
    actor_of_token(text, now + timedelta(seconds=60))
    assert Token.objects.get().used_at == now + timedelta(seconds=60)


@pytest.mark.parametrize("scopes", [[], ["admin"], ["read", "lead:delete"]])
def test_scopes_that_mean_nothing_are_refused(user, scopes):
    with pytest.raises(Invalid):
        issue(user, "x", scopes)
    assert not Token.objects.exists()


def test_an_end_that_is_past_is_refused(user):
    with pytest.raises(Invalid):
        issue(user, "x", ["read"], timezone.now() - timedelta(seconds=1))


def test_nobody_without_a_role_issues_tokens(user):
    plain = create_user(login="plain", password="long-enough-13", by=SYSTEM)
    with pytest.raises(Refused):
        issue(plain, "x", ["read"])


@pytest.mark.parametrize("scopes", [["read"], ["write"], ["user:write"]])
def test_a_token_cannot_make_another(user, scopes):
    program = actor_of_token(issue(user, "x", scopes), timezone.now())
    with pytest.raises(Refused):
        issue_token(user=user, name="y", scopes=["write"], by=program)


def test_the_command_shows_a_token_that_works(user, capsys):
    call_command("token", "sky")
    text = capsys.readouterr().out.strip()
    assert actor_of_token(text, timezone.now()).scopes == {"read", "write"}
