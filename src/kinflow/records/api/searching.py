"""Searching over the API: records of all kinds by a few characters."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from ..faces import registry
from ..search.finding import LONGEST_QUERY, find
from .asked import refuse_unknown, unknown
from .reading import caller
from .telling import json_answer

router = Router(tags=["search"])


class SearchQuery(Schema):
    """What is searched for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        max_length=LONGEST_QUERY, description="Words, two Chinese characters, pinyin, digits, L-12."
    )
    kinds: str = Field("", max_length=1000, description="Kinds of records with commas between; else all.")
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Found(Schema):
    """One record found."""

    kind: str
    id: int
    number: str
    title: str
    subtitle: str
    url: str


class FoundList(Schema):
    """The best first."""

    items: list[Found]


@router.get("/search", response=FoundList, operation_id="search")
def search(request: HttpRequest, asked: Query[SearchQuery]) -> HttpResponse:
    """The records that the words find and the caller may see."""
    refuse_unknown(request.GET, SearchQuery)
    kinds = [kind.strip() for kind in asked.kinds.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in registry:
            raise unknown("kinds", kind, registry)
    hits = find(caller(request), asked.q, kinds=kinds or None, limit=asked.limit)
    items = [
        {
            "kind": hit.kind,
            "id": hit.id,
            "number": hit.number,
            "title": hit.title,
            "subtitle": hit.subtitle,
            "url": hit.url,
        }
        for hit in hits
    ]
    return json_answer({"items": items})
