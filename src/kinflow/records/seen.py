"""Standing queries of what the actor may see: one plan for each scope."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from kinflow.eventlog import Actor
from kinflow.kit.standing import StandingQuery

from .access import ALL, OWN, Scope, accesses, in_token_scope, scope_of, seen_within, units_within

M = TypeVar("M", bound=Model)


class SeenQuery(Generic[M]):
    """A queryset over gaps that is asked by an actor, who gets what `visible` would leave of it."""

    def __init__(self, kind: str, make: Callable[..., QuerySet[M]], gaps: int) -> None:
        """Take what makes the queryset of `gaps` values, unsliced; see StandingQuery."""
        self.kind, self.make, self.gaps = kind, make, gaps
        self._queries: dict[tuple[Scope, int], StandingQuery[M]] = {}

    def __call__(self, by: Actor, *values: Any, limit: int) -> list[M]:
        """At most `limit` records that the actor sees, in one query."""
        access = accesses.get(self.kind)
        scope = scope_of(by, access.see) if access is not None else Scope.NONE
        if access is None or not scope or not in_token_scope(by, self.kind, "read"):
            return []
        if scope == ALL or not access.owned:
            return self._query(ALL, limit)(*values)
        if scope == OWN:
            return self._query(OWN, limit)(*values, by.person_id)
        return self._query(scope, limit)(*values, by.person_id, units_within(scope, by))

    def _query(self, scope: Scope, limit: int) -> StandingQuery[M]:
        if (scope, limit) not in self._queries:
            more = {ALL: 0, OWN: 1}.get(scope, 2)

            def rows(*gaps: Any) -> QuerySet[M]:
                found = self.make(*gaps[: self.gaps])
                if scope == ALL:
                    return found[:limit]
                person, *units = gaps[self.gaps :]
                return found.filter(seen_within(scope, person, units[0] if units else None))[:limit]

            self._queries[scope, limit] = StandingQuery(rows, self.gaps + more)
        return self._queries[scope, limit]
