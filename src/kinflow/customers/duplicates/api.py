"""The API of duplicates: the pairs there are, and saying that two are not the same."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.api.shapes import Id

from .noticing import KINDS
from .queries import APART, PAGE, pair_at, pairs_of

router = Router(tags=["duplicates"])


class PairOut(Schema):
    """Two records that may be the same: the newer and the older one."""

    id: int
    kind: str
    record: int
    other: int
    reason: Annotated[str, Field(description="email, phone, chat or name.")]
    is_dismissed: bool
    found_at: datetime


class PairsOut(Schema):
    """Some pairs, the newest first; `next` is what to give as `before` for further ones."""

    items: list[PairOut]
    next: int | None


class Asked(Schema):
    """Which pairs are asked for."""

    is_dismissed: bool = False
    before: Id | None = None


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _shown(kind: str, pair: Any) -> dict[str, Any]:
    return {
        "id": pair.pk,
        "kind": kind,
        "record": pair.record_id,
        "other": pair.other_id,
        "reason": pair.reason,
        "is_dismissed": pair.is_dismissed,
        "found_at": pair.found_at,
    }


@router.get("/duplicates/{kind}", response=PairsOut, summary="Possible duplicates")
def list_duplicates(request: HttpRequest, kind: str, asked: Query[Asked]) -> Any:
    """The pairs of a kind ("contact" or "account") whose two records the caller sees."""
    if kind not in KINDS:
        raise NotFound
    rows = pairs_of(kind, _by(request), is_dismissed=asked.is_dismissed)
    if asked.before is not None:
        rows = rows.filter(pk__lt=asked.before)
    found = list(rows[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"items": [_shown(kind, pair) for pair in found[:PAGE]], "next": more}


@router.post("/duplicates/{kind}/{pk}/apart", response=PairOut, summary="Not the same")
def tell_apart(request: HttpRequest, kind: str, pk: int) -> Any:
    """Say that the two are not the same; nobody hears of the pair again."""
    by = _by(request)
    pair = pair_at(kind, pk, by)
    return _shown(kind, APART[kind](likeness=pair, by=by))
