"""What the query of a list asks for; unlike a page's address, a part that means nothing is refused."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field

from kinflow.conditions import Condition, ConditionError, parse_text
from kinflow.eventlog import Actor
from kinflow.kit.cursors import LONGEST as LONGEST_CURSOR
from kinflow.kit.cursors import bad_cursor
from kinflow.kit.problem import FieldError, Invalid

from ..faces import Field as FaceField
from ..faces import RecordType
from ..pages.order import Order
from ..pages.wanted import ALL, LONGEST_TEXT, Tab, Vocabulary, Wanted, readable_fields, tabs_of

MOST = 200
USUAL = 50


class ListQuery(Schema):
    """What a list can be asked for."""

    model_config = ConfigDict(extra="forbid")

    where: str = Field(
        "", description='A condition as JSON: {"field": "score", "op": "at_least", "value": 40}.'
    )
    q: str = Field("", max_length=LONGEST_TEXT, description="Words the records are found by.")
    view: str = Field(
        "", max_length=60, description="The key of a view: its condition holds unless `where` is given."
    )
    sort: str = Field("", max_length=61, description="A field, with “-” in front for the largest first.")
    fields: str = Field(
        "", max_length=2000, description="Names of fields with commas between; else the list's."
    )
    cursor: str = Field("", max_length=LONGEST_CURSOR, description="`next` of the page before.")
    limit: Annotated[int, Field(ge=1, le=MOST, description="How many records at most.")] = USUAL


def wanted_from(face: RecordType, asked: ListQuery, by: Actor) -> Wanted:
    """What is asked for; raises Invalid and the like for whatever it names that is not there."""
    readable = readable_fields(face, by)
    tab = _tab(face, asked.view, by)
    wanted = Wanted(
        face=face,
        tab=tab,
        where=_condition(face, asked.where, by),
        text=asked.q.strip(),
        sort=_sort(asked.sort, readable),
        columns=_fields(asked.fields, readable),
        after=asked.cursor,
    )
    if asked.cursor and Order(wanted.face, wanted.sort).key(asked.cursor) is None:
        raise bad_cursor()
    return wanted


def _tab(face: RecordType, key: str, by: Actor) -> Tab:
    if not key:
        return Tab(ALL, "", {})
    tabs = {tab.key: tab for tab in tabs_of(face, by)}
    if key not in tabs:
        raise unknown("view", key, tabs)
    return tabs[key]


def _condition(face: RecordType, raw: str, by: Actor) -> Condition | None:
    if not raw.strip():
        return None
    try:
        return parse_text(raw, face.name, Vocabulary(by))
    except ConditionError as wrong:
        raise ConditionError(f"/where{wrong.pointer}", wrong.message, wrong.remedy) from None


def _sort(raw: str, readable: Mapping[str, FaceField]) -> str:
    sortable = [name for name, field in readable.items() if field.sortable]
    if raw and raw.removeprefix("-") not in sortable:
        raise unknown("sort", raw, sortable)
    return raw


def _fields(raw: str, readable: Mapping[str, FaceField]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in raw.split(",") if name.strip()))
    for name in names:
        if name not in readable:
            raise unknown("fields", name, readable)
    return names


def refuse_unknown(given: Mapping[str, Any], schema: type[Schema]) -> None:
    """Raise Invalid for a parameter of the query that the schema does not have."""
    for name in given:
        if name not in schema.model_fields:
            raise unknown(name[:60] or "?", name, schema.model_fields)


def unknown(where: str, name: str, known: Iterable[Any]) -> Invalid:
    """The error for a name that means nothing here; it tells those that do."""
    told = _("There is no “%(name)s” here.") % {"name": name[:60]}
    listed = ", ".join(str(each) for each in known)
    return Invalid(
        errors=[FieldError(f"/{where}", told)], remedy=_("Known are: %(known)s.") % {"known": listed}
    )
