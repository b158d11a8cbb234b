"""Finding records by a few characters, within what the person may see."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kinflow.eventlog import Actor
from kinflow.kit.tokens import tsquery_literal

from ..access import SENSITIVITY, Scope, accesses, may_read, scope_of, visible
from ..faces import RecordType, registry

LONGEST_QUERY = 200
CANDIDATES = 2000
_NUMBER = re.compile(r"\s*([A-Za-z]{1,4})\s*-?\s*([0-9]{1,15})\s*")


@dataclass(frozen=True)
class Hit:
    """One record found."""

    kind: str
    id: int
    title: str
    subtitle: str

    @property
    def face(self) -> RecordType:
        """Its record type."""
        return registry[self.kind]

    @property
    def number(self) -> str:
        """What it is called by number."""
        return f"{self.face.prefix}-{self.id}"

    @property
    def url(self) -> str:
        """Its page."""
        return self.face.url(self.id)


_FIND = """
SELECT kind, object_id, title, subtitle FROM (
    SELECT kind, object_id, title, subtitle, changed_at FROM records_searchdocument
    WHERE {match} AND ({scope}) LIMIT %s
) AS candidates
ORDER BY starts_with(lower(title), %s) DESC, kind = ANY(%s) DESC, changed_at DESC, kind, object_id DESC LIMIT %s
"""


def find(by: Actor, text: str, *, kinds: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
    """The records that the text finds, those named by number first, then by beginnings, kinds and how new they are."""
    text = text[:LONGEST_QUERY].strip()
    numbered = by_number(by, text, kinds)
    query = tsquery_literal(text) if text else None
    if query is None:
        return numbered[:limit]
    scope, values = _scope(by, kinds)
    if not scope:
        return numbered[:limit]
    match, found_by = _match(by, query)
    with connection.cursor() as sql:
        sql.execute(
            _FIND.format(match=match, scope=scope),
            [*found_by, *values, CANDIDATES, text.lower(), _foremost(), limit],
        )
        hits = [Hit(*row) for row in sql.fetchall()]
    known = {(hit.kind, hit.id) for hit in numbered}
    return [*numbered, *(hit for hit in hits if (hit.kind, hit.id) not in known)][:limit]


def _foremost() -> list[str]:
    """The kinds that stand before others found as well: whom one deals with, before what one does with them."""
    return [face.name for face in registry.values() if face.place == "customers" and face.work is None]


def _match(by: Actor, query: str) -> tuple[str, list[str]]:
    """The full-text condition: people who read every sensitive field search all tokens, others the open ones."""
    if all(may_read(by, sensitivity) for sensitivity in SENSITIVITY):
        return "tokens @@ %s::tsquery", [query]
    told = "(open_tokens @@ %s::tsquery OR (open_tokens IS NULL AND tokens @@ %s::tsquery))"
    return told, [query, query]


def _scope(by: Actor, kinds: Collection[str] | None) -> tuple[str, list[Any]]:
    """The part of the condition that keeps to what the actor may see: kinds by their scope."""
    wanted: dict[str, list[str]] = {"all": [], "own": [], "team": [], "unit": []}
    for kind in registry if kinds is None else kinds:
        access = accesses.get(kind)
        if kind not in registry or access is None or not _readable(by, kind):
            continue
        scope = scope_of(by, access.see)
        if scope is Scope.ALL or (scope and not access.owned):
            wanted["all"].append(kind)
        elif scope:
            wanted[scope.name.lower()].append(kind)
    parts: list[str] = []
    values: list[Any] = []
    if wanted["all"]:
        parts.append("kind = ANY(%s)")
        values.append(wanted["all"])
    if wanted["own"]:
        parts.append("(kind = ANY(%s) AND owner_id = %s)")
        values += [wanted["own"], by.person_id]
    for name, units in (("team", (by.unit_id,)), ("unit", by.unit_ids)):
        if wanted[name]:
            parts.append("(kind = ANY(%s) AND (unit_id = ANY(%s) OR owner_id = %s))")
            values += [wanted[name], [u for u in units if u is not None], by.person_id]
    return " OR ".join(parts), values


def _readable(by: Actor, kind: str) -> bool:
    return by.scopes is None or bool(by.scopes & {"read", "write", f"{kind}:read", f"{kind}:write"})


def by_number(by: Actor, text: str, kinds: Collection[str] | None = None) -> list[Hit]:
    """The record called by this number ("L-10482"), if the actor may see it; read from the records themselves."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return []
    hits = []
    for face in registry.values():
        if face.prefix.lower() != found[1].lower() or (kinds is not None and face.name not in kinds):
            continue
        rows: QuerySet[Any] = face.model._default_manager.select_related(*face.with_related)
        row = visible(by, rows).filter(pk=int(found[2])).first()
        if row is not None:
            subtitle = str(face.subtitle(row) or "") if face.subtitle else ""
            hits.append(Hit(face.name, row.pk, str(face.title(row)), subtitle))
    return hits


def matching_ids(by: Actor, kind: str, text: str) -> Any:
    """A subquery of the primary keys of records of the kind that the text finds; None where nothing is asked."""
    from .models import SearchDocument

    query = tsquery_literal(text[:LONGEST_QUERY])
    if query is None:
        return None
    match, values = _match(by, query)
    rows: QuerySet[SearchDocument] = SearchDocument.objects.filter(kind=kind).extra(  # noqa: S610
        where=[match], params=values
    )
    return rows.values("object_id")


def grouped(hits: Sequence[Hit]) -> list[tuple[RecordType, list[Hit]]]:
    """The hits by their kinds, the kind of the best hit first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return [(registry[kind], found) for kind, found in groups.items()]
