"""How many records several sets have, and their sums, in one question that costs no more when the table grows."""

from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

K = TypeVar("K", bound=Hashable)
MOST = 10_000
"""Records of a set that are counted and added up; of more it is only said that they are more."""


@dataclass(frozen=True)
class Total:
    """The number of records in a set and their sum; of a set that `is_more` than counted there is no sum."""

    count: int = 0
    sum: Any = None
    is_more: bool = False

    @property
    def words(self) -> str:
        """The number as people read it."""
        return f"{self.count:,}{'+' if self.is_more else ''}"


def totals_of(sets: Mapping[K, QuerySet[Any]], column: str = "") -> dict[K, Total]:
    """The totals of each set of rows, with the sum of `column` where one is named."""
    asked, given = [], []
    for at, rows in enumerate(sets.values()):
        inner = rows.order_by().values_list(column or "pk")[: MOST + 1]
        with suppress(EmptyResultSet):
            sql, parameters = inner.query.get_compiler(connection=connection).as_sql()
            added = "sum(of_it.value)" if column else "NULL"
            asked.append(f"SELECT {at}, count(*), {added} FROM ({sql}) AS of_it (value)")  # noqa: S608 (ours)
            given += parameters
    keys, found = list(sets), dict.fromkeys(sets, Total())
    return found | {keys[at]: _total(count, added) for at, count, added in _fetched(asked, given)}


def _fetched(asked: Sequence[str], given: Sequence[Any]) -> list[tuple[int, int, Any]]:
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), given)
        return list(cursor.fetchall())


def _total(count: int, added: Any) -> Total:
    return Total(MOST, None, True) if count > MOST else Total(count, added)
