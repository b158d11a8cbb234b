"""How a session finds its user: with person and unit in the same query, and only while they work here."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from kinflow.kit.standing import StandingQuery

from .actors import may_sign_in
from .models import User

_by_id = StandingQuery[User](lambda pk: User.objects.select_related("person__unit").filter(pk=pk), 1)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Sign-in by name or e-mail and password."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session; None where they may not sign in any more."""
        user = _by_id.first(user_id)
        return user if user is not None and may_sign_in(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the user may sign in: not disabled, and still working here."""
        return may_sign_in(user)

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Remember nothing of who may not sign in: the answer is the same as for a wrong password."""
