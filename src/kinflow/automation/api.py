"""The API of automation: scorings, previews, score cards, batches, the next best item."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person
from kinflow.records.access import visible
from kinflow.records.api.shapes import Strict
from kinflow.records.faces import registry

from .access import may_pull, may_try_scorings
from .api_answers import (
    BatchOut,
    BestOut,
    NextOut,
    OwnerOut,
    PreviewOut,
    ScoringOut,
    VersionOut,
    WhyOut,
    best_shown,
)
from .approvals.api import router as approvals
from .assignments.actions import assign_by_scoring, give, hand_back
from .assignments.batch import assign_batch
from .assignments.past import last_given
from .assignments.preview import preview
from .assignments.pulling import next_best
from .assignments.reaching import work_at, work_face
from .authority.api import router as authority
from .decisions.api import router as decisions
from .messages.api import router as messages
from .my_work.across import next_of_all, take_next_of_all
from .offers.api import router as offers
from .pool.api import router as pools
from .rebalancing.api import router as rebalancings
from .replay.api import router as replays
from .rules.api import router as rules
from .scoring_reports.api import router as scoring_reports
from .scorings.actions import add_scoring, change_scoring, restore_scoring, switch_scoring
from .scorings.drafts import read_draft
from .scorings.models import Scoring
from .scorings.using import current_version
from .webhooks.api import router as webhooks

router = Router(tags=["assignment"])
router.add_router("/approvals", approvals)
router.add_router("", authority)
router.add_router("/decisions", decisions)
router.add_router("/pools", pools)
router.add_router("/rebalancings", rebalancings)
router.add_router("/rules", rules)
router.add_router("/offers", offers)
router.add_router("/scorings", scoring_reports)
router.add_router("/scorings", replays)
router.add_router("", messages)
router.add_router("/webhooks", webhooks)
MOST_AT_ONCE = 20_000


class ScoringIn(Strict):
    """A scoring to be added, or tried."""

    kind: str
    name: str = ""
    name_zh: str = ""
    criteria: list[dict[str, Any]]
    eligibility: list[dict[str, Any]] = Field(default_factory=list)
    condition: dict[str, Any] = Field(default_factory=dict)
    position: int = 10
    fallback: int | None = None
    minimum_points: float | None = None
    tell: list[int] = Field(default_factory=list)
    offer: dict[str, Any] | None = None


class ScoringChanges(Strict):
    """Fields to be changed; `seen` is the version they were read from."""

    changes: dict[str, Any]
    seen: int | None = None


class Batch(Strict):
    """Items to be given out; `minimum` maps people to the least number of items they must get."""

    ids: list[int] = Field(max_length=MOST_AT_ONCE)
    again: bool = False
    minimum: dict[int, int] = Field(default_factory=dict)


class GiveIn(Strict):
    """Who gets the item, and why."""

    person: int
    reason: str


class ReasonIn(Strict):
    """Why."""

    reason: str


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _shown(scoring: Scoring) -> dict[str, Any]:
    return {
        "id": scoring.pk,
        "kind": scoring.kind,
        "name": scoring.name,
        "name_zh": scoring.name_zh,
        "condition": scoring.condition,
        "position": scoring.position,
        "is_active": scoring.is_active,
        "version": scoring.number,
        **current_version(scoring).content(),
    }


def _found(request: HttpRequest, pk: int) -> Scoring:
    return get_object_or_404(visible(_by(request), Scoring.objects.all()), pk=pk)


@router.get("/scorings", response=list[ScoringOut], summary="All scorings, by kind and order")
def list_scorings(request: HttpRequest, kind: str = "") -> list[dict[str, Any]]:
    """The scorings of one kind of work, or of all."""
    rows = visible(_by(request), Scoring.objects.all())
    return [_shown(row) for row in (rows.filter(kind=kind) if kind else rows)]


@router.post("/scorings", response={201: ScoringOut}, summary="Add a scoring")
def post_scoring(request: HttpRequest, given: ScoringIn) -> tuple[int, dict[str, Any]]:
    """Add a scoring as version 1."""
    return 201, _shown(add_scoring(**given.model_dump(), by=_by(request)))


@router.get("/scorings/{int:pk}", response=ScoringOut, summary="One scoring")
def get_scoring(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The scoring with the content of its current version."""
    return _shown(_found(request, pk))


@router.patch("/scorings/{int:pk}", response=ScoringOut, summary="Change a scoring")
def patch_scoring(request: HttpRequest, pk: int, given: ScoringChanges) -> dict[str, Any]:
    """Change fields; other content makes a new version."""
    scoring = _found(request, pk)
    return _shown(change_scoring(scoring=scoring, changes=given.changes, seen=given.seen, by=_by(request)))


@router.post("/scorings/{int:pk}/switch", response=ScoringOut, summary="Switch a scoring on or off")
def post_switch(request: HttpRequest, pk: int, is_active: bool) -> dict[str, Any]:
    """Use the scoring from now on, or no more."""
    return _shown(switch_scoring(scoring=_found(request, pk), is_active=is_active, by=_by(request)))


@router.get("/scorings/{int:pk}/versions", response=list[VersionOut], summary="The versions of a scoring")
def list_versions(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """All versions, the newest first."""
    versions = _found(request, pk).versions.all()
    return [{"number": v.number, "made_at": v.made_at, "made_by": v.made_by, **v.content()} for v in versions]


@router.post(
    "/scorings/{int:pk}/versions/{int:number}/restore", response=ScoringOut, summary="Take a version up again"
)
def post_restore(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """Let an earlier version count again, as a new one."""
    return _shown(restore_scoring(scoring=_found(request, pk), number=number, by=_by(request)))


@router.post("/scorings/preview", response=PreviewOut, summary="Try a scoring on the last items of its kind")
def post_preview(request: HttpRequest, given: ScoringIn) -> dict[str, Any]:
    """Who would have got what; nothing is written."""
    by = _by(request)
    if not may_try_scorings(by):
        raise Refused(remedy=_("Ask a process owner."))
    work_face(given.kind)
    draft = read_draft(given.model_dump())
    told = preview(given.kind, draft, given.condition, timezone.now(), by=by)
    return {
        "sample": told.sample,
        "unassigned": told.unassigned,
        "changed": told.changed,
        "mean_points": told.mean_points,
        "shares": [vars(share) for share in told.shares],
    }


@router.get("/why/{kind}/{int:pk}", response=WhyOut, summary="Why somebody has an item")
def get_why(request: HttpRequest, kind: str, pk: int) -> dict[str, Any]:
    """The last assignment with its score card."""
    work_face(kind)
    row = work_at(kind, pk, _by(request))
    given = last_given(kind, [pk]).get(pk)
    return {
        "owner": row.owner_id,
        "at": given.at if given else None,
        "by": given.by if given else "",
        "reason": given.reason if given else "",
        "card": given.card if given else {},
    }


@router.post("/assign/{kind}", response=BatchOut, summary="Give out items to the optimum of total points")
def post_batch(request: HttpRequest, kind: str, given: Batch) -> dict[str, Any]:
    """Items by person, those left over, and those passed over."""
    work_face(kind)
    outcome = assign_batch(kind, given.ids, minimum=given.minimum, again=given.again, by=_by(request))
    return vars(outcome)


@router.post(
    "/assign/{kind}/{int:pk}", response=OwnerOut, summary="Let the scoring find the person for an item"
)
def post_assign(request: HttpRequest, kind: str, pk: int, again: bool = False) -> dict[str, Any]:
    """The person who has the item now."""
    person = assign_by_scoring(record=work_at(kind, pk, _by(request)), again=again, by=_by(request))
    return {"owner": person.pk if person else None}


@router.post(
    "/give/{kind}/{int:pk}", response=OwnerOut, summary="Give an item to somebody, against the scoring"
)
def post_give(request: HttpRequest, kind: str, pk: int, given: GiveIn) -> dict[str, Any]:
    """The person who has the item now."""
    person = get_object_or_404(Person, pk=given.person)
    give(record=work_at(kind, pk, _by(request)), person=person, reason=given.reason, by=_by(request))
    return {"owner": person.pk}


@router.post("/hand-back/{kind}/{int:pk}", response=OwnerOut, summary="Hand an item back")
def post_hand_back(request: HttpRequest, kind: str, pk: int, given: ReasonIn) -> dict[str, Any]:
    """It is nobody's until the next best person gets it."""
    hand_back(record=work_at(kind, pk, _by(request)), reason=given.reason, by=_by(request))
    return {"owner": None}


@router.get("/next", response=BestOut, exclude_unset=True, summary="My next best item over all kinds")
def get_next_of_all(request: HttpRequest) -> dict[str, Any]:
    """What is nobody's, suits the caller best and presses most; its number is null where there is none."""
    person = Person.objects.filter(pk=_by(request).person_id or 0).first()
    found = next_of_all(person, _by(request)) if person else None
    return {"id": None, "points": None} if found is None else best_shown(found)


@router.post("/next", response=BestOut, summary="Take my next best item over all kinds")
def post_next_of_all(request: HttpRequest) -> dict[str, Any]:
    """The item, which is the caller's from now on."""
    person = get_object_or_404(Person, pk=_by(request).person_id or 0)
    return best_shown(take_next_of_all(person=person, by=_by(request)))


@router.get("/next/{kind}", response=NextOut, exclude_unset=True, summary="My next best item")
def get_next(request: HttpRequest, kind: str) -> dict[str, Any]:
    """The unowned item that suits the caller best; its number is null where there is none."""
    work_face(kind)
    if not may_pull(_by(request), kind):
        raise Refused(remedy=_("Ask an administrator."))
    person = Person.objects.filter(pk=_by(request).person_id or 0).first()
    found = next_best(kind, person) if person else None
    if found is None:
        return {"id": None, "points": None}
    return {"id": found[0].pk, "title": str(registry[kind].title(found[0])), "points": found[1]}
