"""Who asks: by an access token, or by the session of a browser."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.utils import check_csrf

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.users.models import User
from kinflow.organisation.users.tokens import bearer_of, token_of

LONGEST_TOKEN = 200


class SignInNeeded(Problem):
    """Nobody is signed in, or the token is none."""

    status = 401
    code = "sign-in-needed"
    title = gettext_lazy("Please say who you are")


def let_in(request: HttpRequest) -> tuple[Actor, User | None]:
    """The actor behind the request, and the user of a token; a token goes before a session.

    Raises SignInNeeded where there is neither, TokenExpired for a token that is over, Refused for a write of a
    session without this browser's mark.
    """
    given = request.headers.get("Authorization", "")
    if given:
        return _by_token(given)
    by: Actor | None = getattr(request, "by", None)
    if by is None:
        raise SignInNeeded(remedy=_("Send an access token as “Authorization: Bearer …”, or sign in."))
    if check_csrf(request) is not None:
        raise Refused(
            _("This write does not carry the mark of your browser."),
            remedy=_("Send the cookie “csrftoken” again as the header X-CSRFToken, or use an access token."),
        )
    return by, None


def _by_token(given: str) -> tuple[Actor, User]:
    scheme, _space, text = given.partition(" ")
    text = text.strip()
    is_token = scheme.lower() == "bearer" and 0 < len(text) <= LONGEST_TOKEN and text.isascii()
    token = token_of(text, timezone.now()) if is_token else None
    if token is None:
        raise SignInNeeded(
            _("This is not an access token."),
            remedy=_("Issue one in your settings, and send it as “Authorization: Bearer kf_…”."),
        )
    return bearer_of(token), token.user
