"""Finding a person or a unit of the chart by a few characters, in Chinese, pinyin or any other letters."""

import re
from dataclasses import dataclass

from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.kit.tokens import index_tokens, matches, query_tokens
from kinflow.records.access import visible
from kinflow.records.search.finding import find

from ..people.queries import here
from .models import Unit
from .rules import ids_on

MOST = 12
CONSIDERED = 60
_MARK = re.compile(r"(unit|person)-([0-9]{1,18})")


@dataclass(frozen=True)
class Found:
    """A unit or person drawn in the chart; `mark` names it there."""

    mark: str
    label: str
    hint: str


def found_by(by: Actor, text: str) -> list[Found]:
    """The open units and people working here that are called so; where there are none, those found otherwise."""
    hits = find(by, text, kinds=("unit", "person"), limit=CONSIDERED)
    ids: dict[str, list[int]] = {"unit": [], "person": []}
    for hit in hits:
        ids[hit.kind].append(hit.id)
    drawn = {
        "unit": set(Unit.objects.filter(pk__in=ids["unit"], is_closed=False).values_list("pk", flat=True)),
        "person": set(here(timezone.localdate()).filter(pk__in=ids["person"]).values_list("pk", flat=True)),
    }
    clauses = query_tokens(text)
    seen = [hit for hit in hits if hit.id in drawn[hit.kind]]
    named = [hit for hit in seen if matches(clauses, index_tokens(hit.title))]
    return [Found(f"{h.kind}-{h.id}", h.title, h.subtitle) for h in (named or seen)[:MOST]]


def is_mark(text: str) -> bool:
    """Whether the text names one place in the chart rather than words to look for."""
    return _MARK.fullmatch(text) is not None


def unfolded_for(by: Actor, mark: str) -> frozenset[int] | None:
    """The units to unfold so that what the mark names is seen; None where the chart does not show it."""
    named = _MARK.fullmatch(mark)
    if named is None:
        return None
    kind, key = named[1], int(named[2])
    rows = (
        visible(by, Unit.objects.filter(pk=key, is_closed=False)).values_list("path", flat=True)
        if kind == "unit"
        else visible(by, here(timezone.localdate()).filter(pk=key)).values_list("unit__path", flat=True)
    )
    path = rows.first()
    return None if path is None else frozenset(ids_on(path))
