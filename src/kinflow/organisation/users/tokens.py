"""Access tokens: made of chance, kept as a digest, told once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem
from kinflow.kit.standing import StandingQuery

from .actions import issue_token
from .actors import actor_of, may_sign_in
from .models import Token, User
from .token_texts import MARK, digest_of

USE_NOTED_EVERY = timedelta(minutes=1)
_by_digest = StandingQuery[Token](
    lambda digest: Token.objects.select_related("user__person__unit").filter(digest=digest), 1
)


class TokenExpired(Problem):
    """The token does not hold any more."""

    status: ClassVar[int] = 401
    code: ClassVar[str] = "token-expired"
    title: ClassVar[Any] = _("This token does not hold any more")


def issue(user: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None) -> str:
    """Issue a token of the user, by the user; returns its text, which cannot be had again."""
    _token, text = issue_token(
        user=user, name=name, scopes=list(scopes), expires_at=expires_at, by=actor_of(user)
    )
    return text


def actor_of_token(text: str, now: datetime) -> Actor | None:
    """Who acts with the token, with its scopes; see `token_of`."""
    token = token_of(text, now)
    return None if token is None else bearer_of(token)


def bearer_of(token: Token) -> Actor:
    """Who acts with the token: its user, within its scopes."""
    return replace(actor_of(token.user), scopes=frozenset(token.scopes))


def token_of(text: str, now: datetime) -> Token | None:
    """The token, with its user and their person and unit; None for a text that never was a token.

    Raises TokenExpired for one that is over, was revoked, or whose user may not sign in any more.
    """
    token = _by_digest.first(digest_of(text)) if text.startswith(MARK) else None
    if token is None:
        return None
    if reason := _over(token, now):
        raise TokenExpired(reason, remedy=_("Issue a new token, and give it to the program."))
    if token.used_at is None or now - token.used_at >= USE_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token


def _over(token: Token, now: datetime) -> Any:
    if token.revoked_at is not None:
        return _("It was revoked.")
    if token.expires_at is not None and token.expires_at <= now:
        return _("Its time is over.")
    if not may_sign_in(token.user):
        return _("Its user may not sign in any more.")
    return ""
