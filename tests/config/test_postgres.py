"""Whether a kept connection still lives is seen at its socket."""

import pytest
from django.db import connection

from config.postgres.base import is_silent


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _next_request() -> None:
    connection.close_if_unusable_or_obsolete()


@pytest.mark.django_db(transaction=True)
def test_a_living_connection_is_kept_without_a_query() -> None:
    before = _backend()
    wire = connection.connection
    _next_request()
    connection.health_check_enabled = True
    connection.close_if_health_check_failed()
    assert connection.connection is wire
    assert connection.health_check_done
    assert _backend() == before


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_made_anew() -> None:
    before = _backend()
    ended = connection.connection
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    other.close()
    assert not is_silent(ended)
    _next_request()
    connection.health_check_enabled = True
    assert _backend() != before
