"""Standing queries: their SQL is made once and prepared by the server; afterwards only the values change.

Django makes a query's SQL anew each time, and PostgreSQL plans it anew; for a page that asks ten small questions this
takes longer than answering them. A standing query is written as an ordinary queryset over *gaps*:

    lead = StandingQuery(lambda pk: Lead.objects.select_related("contact").filter(pk=pk), 1)
    lead(17)  # a list of models, as the queryset would give

A gap is a whole value; for several values use the lookup `among`: `filter(pk__among=ids)` is one SQL for any number.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from json import loads
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, ForeignKey, JSONField, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader

M = TypeVar("M", bound=Model)
FIRST_GAP = 7_305_113_000_000
MOST_GAPS = 9
_INTEGERS = frozenset({int})


class Gap(int):
    """A value that is given only when the query is asked; as a number it fits every column of ids or of text."""


GAPS = tuple(Gap(FIRST_GAP + number) for number in range(MOST_GAPS))


class StandingQuery(Generic[M]):
    """A queryset of models over gaps, asked with other values each time."""

    def __init__(self, make: Callable[..., QuerySet[M]], gaps: int) -> None:
        """Take what makes the queryset of `gaps` values; it runs when first asked, once models are loaded.

        Prefetches of the queryset are left out. The queryset may not depend on language, time or who asks, except by
        its gaps. Raises ValueError where a gap does not reach the SQL as a whole value.
        """
        self.make, self.gaps = make, gaps
        self._plan: _Plan[M] | None = None

    def __call__(self, *values: Any) -> list[M]:
        """The models, in one query."""
        return self.asked(*values)()

    def asked(self, *values: Any) -> Callable[[], list[M]]:
        """The models when what is returned is called; within `in_one_go` nobody waits for them before."""
        if self._plan is None:
            self._plan = _Plan(self.make(*GAPS[: self.gaps]), self.gaps)
        return self._plan.ask(values)

    def first(self, *values: Any) -> M | None:
        """The first model, None where there is none."""
        found = self(*values)
        return found[0] if found else None


class _Plan(Generic[M]):
    """A compiled queryset: its SQL, where values go, and how rows become models."""

    def __init__(self, queryset: QuerySet[M], gaps: int) -> None:
        self.compiler: SQLCompiler = queryset.query.get_compiler(connection=connection)
        self.sql, given = self.compiler.as_sql()
        self.given = tuple(given)
        self.places = tuple(_place_of(value) for value in self.given)
        if {place for place in self.places if place is not None} != set(range(gaps)):
            raise ValueError(f"a gap is missing in: {self.sql}")
        select, info = self.compiler.select, self.compiler.klass_info
        if info is None or self.compiler.annotation_col_map:
            raise ValueError("a standing query is of models, without annotations")
        fields = info["select_fields"]
        self.model: type[M] = info["model"]
        self.begin, self.end = fields[0], fields[-1] + 1
        self.names = [column.target.attname for column, *_more in select[self.begin : self.end]]
        self.populators = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
        expressions = [column for column, *_more in select]
        self.converters = self.compiler.get_converters(expressions)
        json = [place for place in self.converters if _is_json(expressions[place])]
        self.plain = json if len(json) == len(self.converters) else []
        """The places of columns of JSON, where no others have to be converted."""

    def ask(self, values: Sequence[Any]) -> Callable[[], list[M]]:
        parameters = [
            value if place is None else values[place]
            for place, value in zip(self.places, self.given, strict=True)
        ]
        rows = asked(self.sql, parameters)
        return lambda: self._models(rows())

    def _models(self, rows: Any) -> list[M]:
        if self.plain:
            rows = [_with_json(row, self.plain) for row in rows]
        elif self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        all_from_db = getattr(self.model, "all_from_db", None)  # of `Loaded`, which is there once models are
        if all_from_db is not None and not self.populators:
            return list(all_from_db(connection.alias, self.names, rows))
        return [self._model(row) for row in rows]

    def _model(self, row: Sequence[Any]) -> M:
        made = self.model.from_db(connection.alias, self.names, row[self.begin : self.end])
        for populator in self.populators:
            populator.populate(row, made)
        return made


def _place_of(value: Any) -> int | None:
    inner = value[0] if isinstance(value, list) and len(value) == 1 else value
    if isinstance(inner, str) and len(inner) == len(str(FIRST_GAP)) and inner.isdecimal():
        inner = int(inner)
    return inner - FIRST_GAP if isinstance(inner, int) and 0 <= inner - FIRST_GAP < MOST_GAPS else None


def _is_json(column: Any) -> bool:
    field = getattr(column, "target", None)
    return type(field) is JSONField and field.decoder is None and column.output_field is field


def _with_json(row: Sequence[Any], places: Sequence[int]) -> list[Any]:
    """A row with its columns of JSON read, as Django reads them: many hold nothing."""
    made = list(row)
    for place in places:
        text = made[place]
        if text is not None:
            made[place] = {} if text == "{}" else loads(text)
    return made


def fetched(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a SELECT that the server keeps prepared; while queries are counted, of an ordinary one."""
    return asked(sql, parameters)()


def asked(sql: str, parameters: Sequence[Any]) -> Callable[[], list[tuple[Any, ...]]]:
    """Ask as `fetched` does; calling what is returned, once, gives the rows. Within `in_one_go` nobody waits before."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.queries_logged:
        with here.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            found = list(cursor.fetchall())
        return lambda: found
    prepared = _prepared(here, sql, parameters)

    def rows() -> list[tuple[Any, ...]]:
        with here.wrap_database_errors:
            return list(prepared.fetchall())

    return rows


def executed(sql: str, parameters: Sequence[Any]) -> None:
    """Have the server do what it keeps prepared; while queries are counted, as an ordinary statement.

    The laws do not see this statement: for tables that they do not guard, or where the caller may write.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.queries_logged:
        with here.cursor() as cursor:
            cursor.execute(sql, parameters or None)
        return
    _prepared(here, sql, parameters)


class _Cursor(psycopg.Cursor[Any]):
    """One that takes moments by the driver's compiled loader: Django's is not compiled."""

    @property
    def adapters(self) -> AdaptersMap:
        """How values are taken and given, made once for all cursors of a connection: that takes as long as asking."""
        wire = self.connection
        known = _adapters.get(wire)
        if known is None:
            known = _adapters[wire] = AdaptersMap(wire.adapters)
            known.register_loader("timestamptz", TimestamptzLoader)
        return known


_adapters: WeakKeyDictionary[Any, AdaptersMap] = WeakKeyDictionary()


def _prepared(here: Any, sql: str, parameters: Sequence[Any]) -> Any:
    here.ensure_connection()
    with here.wrap_database_errors:
        return _Cursor(here.connection).execute(sql, list(map(_given, parameters)) or None, prepare=True)


def _given(value: Any) -> Any:
    """Ids as PostgreSQL writes an array: the driver takes one after the other, and ten times as long."""
    if type(value) is list and value and _INTEGERS.issuperset(map(type, value)):
        return f"{{{','.join(map(str, value))}}}"
    return value


@contextmanager
def in_one_go() -> Iterator[None]:
    """Statements that go to the server without waiting for the answer of one before the next: each still sees the former.

    What is returned by `asked` is to be called after it. A statement that fails is known at the end only.
    """
    if connection.queries_logged or not connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    wire: Any = connection.connection
    with connection.wrap_database_errors, wire.pipeline():
        yield


@Field.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """`id__among=[…]`: one of these ids, as one value, so that the SQL is the same for any number of them."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The condition `column = ANY(array)`."""
        column, parameters = self.process_lhs(compiler, connection)
        values = [self.rhs] if isinstance(self.rhs, int) else list(self.rhs)
        return f"{column} = ANY(%s::bigint[])", [*parameters, values]
