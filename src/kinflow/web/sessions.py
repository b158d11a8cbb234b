"""Sessions in the database, read by a statement that the server keeps prepared: every request begins with one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from kinflow.kit.standing import fetched

_ASKED = "SELECT session_key, session_data, expire_date FROM django_session WHERE session_key = %s"


class SessionStore(DatabaseStore):
    """The sessions."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Any:
        """The session as it is kept; None where there is none, or it is over."""
        for key, kept, expires_at in fetched(_ASKED, [self.session_key]):
            if expires_at > timezone.now():
                return Session(session_key=key, session_data=kept, expire_date=expires_at)
        self._session_key = None
        return None
