"""Readers wait for what may still be written to this database's log, and for nothing else of the server."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.horizon import horizon
from kinflow.eventlog.readers import Reader, catch_up

from .small_world import try_skill

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def writing_transaction(database: str) -> Iterator[int]:
    """A transaction of the named database that has its id and does not end; gives the id."""
    given = connection.get_connection_params() | {"dbname": database}
    keys = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{key: given[key] for key in keys if given.get(key)}) as other:
        [number] = other.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or [0]
        yield number
        other.rollback()


def seen_by_a_new_reader() -> int:
    reader = Reader("horizon", from_start=True)
    reader.on("organisation.skill_tried")(lambda entry: None)
    return catch_up(reader, timezone.now())


def test_a_reader_waits_for_a_transaction_of_its_own_database():
    with writing_transaction(str(connection.settings_dict["NAME"])) as running:
        try_skill(code="later", by=SYSTEM)
        assert horizon() <= running
        assert seen_by_a_new_reader() == 0
    assert horizon() > running
    assert seen_by_a_new_reader() == 1


def test_a_reader_does_not_wait_for_another_database():
    with writing_transaction("postgres") as running:
        try_skill(code="now", by=SYSTEM)
        assert horizon() > running
        assert seen_by_a_new_reader() == 1


def test_a_transaction_that_may_still_write_counts_itself_when_younger_ones_have_ended():
    with transaction.atomic():
        with connection.cursor() as sql:
            sql.execute("SELECT pg_current_xact_id()::text::bigint")
            [own] = sql.fetchone()
        with writing_transaction("postgres") as younger:
            assert younger > own
        assert horizon() <= own
