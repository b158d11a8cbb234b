"""What an address asks a list for: view, filter, words, order, columns and place; the address is the view."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import EVERYTHING, Condition, ConditionError, Context, parse, parse_text, to_json
from kinflow.conditions import Field as ConditionField
from kinflow.eventlog import Actor
from kinflow.kit.standing import StandingQuery

from ..access import may_read
from ..faces import VOCABULARY, Field, RecordType, RecordVocabulary, registry
from ..saved.models import SavedView

ALL = "all"
LONGEST_TEXT = 200
MOST_COLUMNS = 30
MOST_TABS = 60
_SORT = re.compile(r"-?[a-z_0-9]{1,60}")


@dataclass(frozen=True)
class Tab:
    """One view as a tab: its key in the address, its name, its condition as JSON."""

    key: str
    label: Any
    condition: Mapping[str, Any]
    saved: SavedView | None = None


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for.

    `where` is the condition that holds instead of the view's own, None where the view's holds; `after` and `before`
    are cursors of pages; `fault` is what was wrong with the address (then that part counts as not given).
    """

    face: RecordType
    tab: Tab
    where: Condition | None = None
    text: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    fault: ConditionError | None = None

    @cached_property
    def condition(self) -> Condition:
        """The condition that holds: the address's, else the view's."""
        if self.where is not None:
            return self.where
        return (
            parse(dict(self.tab.condition), self.face.name, VOCABULARY) if self.tab.condition else EVERYTHING
        )

    @property
    def view(self) -> str:
        """The view as an address names it; "" for the usual one."""
        return view_in_address(self.face, self.tab)

    @property
    def is_changed(self) -> bool:
        """Whether the address says more than the view's name."""
        return self.where is not None or bool(self.sort or self.columns)

    def query(self, **changes: Any) -> str:
        """The address's query, with some parts changed; a change of what is shown goes back to the first page."""
        given = replace(self, **({"after": "", "before": ""} | changes))
        parts = {
            "view": given.view,
            "q": given.text,
            "where": "" if given.where is None else compact(given.where),
            "sort": given.sort,
            "columns": ",".join(given.columns),
            "after": given.after,
            "before": given.before,
        }
        return urlencode({name: value for name, value in parts.items() if value})

    def url(self, page: str = "", **changes: Any) -> str:
        """The address of the list (or of another page of the same records, such as "board/")."""
        query = self.query(**changes)
        return f"/{self.face.slug}/{page}" + (f"?{query}" if query else "")


def view_in_address(face: RecordType, tab: Tab) -> str:
    """A view as addresses of the list name it; "" for the usual one."""
    return "" if tab.key == (face.usual_view or ALL) else tab.key


def compact(condition: Condition) -> str:
    """A condition as short JSON text."""
    return json.dumps(to_json(condition), ensure_ascii=False, separators=(",", ":"))


_saved = StandingQuery[SavedView](
    lambda kind, person: SavedView.objects.filter(Q(is_shared=True) | Q(owner_id=person), kind=kind).order_by(
        "id"
    )[:MOST_TABS],
    2,
)


def tabs_of(face: RecordType, by: Actor) -> list[Tab]:
    """All views of the lists of a record type: everything, the declared ones, the person's own, the shared ones.

    The usual one stands first.
    """
    mine = _saved(face.name, by.person_id)
    own = [Tab(key, label, condition) for key, label, condition in face.views]
    everything = Tab(ALL, _("All"), {})
    usual = next((tab for tab in own if tab.key == face.usual_view), everything)
    return [
        usual,
        *(tab for tab in (everything, *own) if tab is not usual),
        *(Tab(view.key, view.name, view.condition, view) for view in mine),
    ]


def wanted_from(face: RecordType, given: Mapping[str, str], by: Actor, tabs: list[Tab]) -> Wanted:
    """What the query of an address asks for; parts that mean nothing are left out, a wrong filter is told."""
    key = given.get("view", "")
    tab = next((t for t in tabs if t.key == key), tabs[0])
    where, fault = None, None
    if raw := given.get("where", ""):
        try:
            where = parse_text(raw, face.name, Vocabulary(by))
        except ConditionError as refused:
            fault = refused
    saved = tab.saved
    readable = readable_fields(face, by)
    asked = tuple(dict.fromkeys(given.get("columns", "").split(",")[:MOST_COLUMNS]))
    return Wanted(
        face=face,
        tab=tab,
        where=where,
        text=given.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
        sort=_sort(given.get("sort", ""), readable) or (saved.sort if saved else ""),
        columns=tuple(c for c in asked if c in readable) or (tuple(saved.columns) if saved else ()),
        after=given.get("after", "")[:500],
        before=given.get("before", "")[:500],
        fault=fault,
    )


def _sort(raw: str, readable: Mapping[str, Field]) -> str:
    field = readable.get(raw.removeprefix("-")) if _SORT.fullmatch(raw) else None
    return raw if field is not None and field.sortable else ""


def readable_fields(face: RecordType, by: Actor) -> dict[str, Field]:
    """The fields whose values the actor may read, by name."""
    return {f.name: f for f in face.fields if may_read(by, f.sensitivity)}


class Vocabulary(RecordVocabulary):
    """The condition language's vocabulary without the fields that the person may not read."""

    def __init__(self, by: Actor) -> None:
        self.by = by

    def fields_of(self, type_name: str) -> Mapping[str, ConditionField]:
        """The fields of a record type that the person may ask about."""
        face = registry[type_name]
        hidden = {f.name for f in (*face.fields, *face.asked_through) if not may_read(self.by, f.sensitivity)}
        return {name: f for name, f in super().fields_of(type_name).items() if name not in hidden}


def context_of(by: Actor) -> Context:
    """Who asks, and when, for conditions."""
    return Context(
        now=timezone.now(),
        zone=timezone.get_current_timezone(),
        person_id=by.person_id,
        unit_ids=by.unit_ids or ((by.unit_id,) if by.unit_id is not None else ()),
    )
