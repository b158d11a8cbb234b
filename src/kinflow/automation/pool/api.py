"""The API of pools: their policies, what lies in them, claiming, putting and taking back."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import may, visible
from kinflow.records.api.shapes import Strict
from kinflow.records.faces import registry

from ..assignments.reaching import work_at, work_face
from .access import CHANGE
from .claiming import claim, put_back, quota_of, take_back
from .models import Pool
from .pages import lying_at, refuse_unseen
from .policies import add_pool, change_pool, restore_pool, switch_pool
from .policy import read_policy
from .queries import PAGE, lying_in, mine, shown, would_return

router = Router(tags=["pool"])


class PoolIn(Strict):
    """A pool to be added; what `policy` does not name is as it is from the start."""

    kind: str
    name: str
    name_zh: str = ""
    condition: dict[str, Any] = Field(default_factory=dict)
    policy: dict[str, Any] = Field(default_factory=dict)
    position: int = 10


class PoolChanges(Strict):
    """Fields to be changed, of `policy` only what it names; `seen` is the version they were read from."""

    changes: dict[str, Any]
    seen: int | None = None


class Reason(Strict):
    """Why."""

    reason: str


class PolicyIn(Strict):
    """A policy to be tried."""

    policy: dict[str, Any]


class PoolOut(Schema):
    """A pool with its present policy."""

    id: int
    kind: str
    name: str
    name_zh: str
    condition: dict[str, Any]
    policy: dict[str, Any]
    position: int
    is_active: bool
    version: int


class WouldReturnOut(Schema):
    """How much people have of a pool, and how much of it a policy would send back; counts stop at 10,000."""

    held: int
    neglected: int


class LyingOut(Schema):
    """One item in a pool."""

    id: int
    title: str
    subtitle: str
    since: datetime
    former: str
    locked_until: datetime | None


class QuotaOut(Schema):
    """What the caller has of a pool; null stands for no limit."""

    may: bool
    claimed: int
    claims: int | None
    period_days: int
    held: int
    cap: int | None
    left: int | None


class MineOut(Schema):
    """One item of the caller's from a pool."""

    kind: str
    id: int
    title: str
    pool: int
    protected_until: datetime
    returns_at: datetime | None


class KeptOut(Schema):
    """Who has the item now."""

    owner: int | None


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _person(request: HttpRequest) -> Person:
    person = Person.objects.filter(pk=_by(request).person_id or 0).first()
    if person is None:
        raise Refused(_("This sign-in belongs to nobody who works here."))
    return person


def _out(pool: Pool) -> dict[str, Any]:
    names = ("kind", "name", "name_zh", "condition", "policy", "position", "is_active")
    return {"id": pool.pk, "version": pool.number, **{name: getattr(pool, name) for name in names}}


def _found(request: HttpRequest, pk: int) -> Pool:
    return get_object_or_404(visible(_by(request), Pool.objects.all()), pk=pk)


@router.get("", response=list[PoolOut], summary="All pools, by kind and order")
def list_pools(request: HttpRequest) -> list[dict[str, Any]]:
    """The pools with their policies."""
    return [_out(pool) for pool in visible(_by(request), Pool.objects.all())]


@router.post("", response={201: PoolOut}, summary="Add a pool")
def post_pool(request: HttpRequest, given: PoolIn) -> tuple[int, dict[str, Any]]:
    """Add a pool as version 1."""
    return 201, _out(add_pool(**given.model_dump(), by=_by(request)))


@router.get("/mine", response=list[MineOut], summary="What I hold of pools")
def list_mine(request: HttpRequest) -> list[dict[str, Any]]:
    """What goes back first comes first."""
    refuse_unseen(_by(request))
    return [
        {
            "kind": one.face.name,
            "id": one.row.pk,
            "title": one.title,
            "pool": one.pool.pk,
            "protected_until": one.protected_until,
            "returns_at": one.returns_at,
        }
        for one in mine(_person(request), timezone.now())
    ]


@router.get("/{int:pk}", response=PoolOut, summary="One pool")
def get_pool(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The pool with its present policy."""
    return _out(_found(request, pk))


@router.patch("/{int:pk}", response=PoolOut, summary="Change a pool")
def patch_pool(request: HttpRequest, pk: int, given: PoolChanges) -> dict[str, Any]:
    """Change fields; another condition or policy makes a new version."""
    pool = _found(request, pk)
    return _out(change_pool(pool=pool, changes=given.changes, seen=given.seen, by=_by(request)))


@router.post("/{int:pk}/switch", response=PoolOut, summary="Switch a pool on or off")
def post_switch(request: HttpRequest, pk: int, is_active: bool) -> dict[str, Any]:
    """Let the policy hold from now on, or no more."""
    return _out(switch_pool(pool=_found(request, pk), is_active=is_active, by=_by(request)))


@router.post(
    "/{int:pk}/versions/{int:number}/restore", response=PoolOut, summary="Take a version of a pool up again"
)
def post_restore(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """Let an earlier version count again, as a new one."""
    return _out(restore_pool(pool=_found(request, pk), number=number, by=_by(request)))


@router.post("/{int:pk}/would-return", response=WouldReturnOut, summary="Try a policy")
def post_would_return(request: HttpRequest, pk: int, given: PolicyIn) -> dict[str, Any]:
    """How much of what people have the policy would send back; nothing is written."""
    if not may(_by(request), CHANGE, kind="pool"):
        raise Refused(remedy=_("Ask a process owner."))
    return vars(would_return(_found(request, pk), read_policy(given.policy), timezone.now()))


@router.get("/{int:pk}/items", response=list[LyingOut], summary="What lies in a pool")
def list_items(
    request: HttpRequest, pk: int, q: str = "", industry: str = "", province: str = "", before: int = 0
) -> list[dict[str, Any]]:
    """Up to 50 items, the newest first; `before` is the number of the last one's page above."""
    pool, now = _found(request, pk), timezone.now()
    rows = lying_in(pool, {"q": q, "industry": industry, "province": province}, now)
    if 0 < before < 2**63:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related(*registry[pool.kind].with_related)[:PAGE])
    person = Person.objects.filter(pk=_by(request).person_id or 0).first()
    return [{**vars(one), "id": one.row.pk} for one in shown(found, person, now)]


@router.get("/{int:pk}/quota", response=QuotaOut, summary="What I may still claim")
def get_quota(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the caller claimed and holds of the pool, and what is left."""
    quota = quota_of(_found(request, pk), _person(request), timezone.now())
    return {**vars(quota), "left": quota.left}


@router.post("/claim/{kind}/{int:pk}", response=KeptOut, summary="Claim an item")
def post_claim(request: HttpRequest, kind: str, pk: int) -> dict[str, Any]:
    """The item is the caller's from now on."""
    work_face(kind)
    person = _person(request)
    claim(record=lying_at(kind, pk, _by(request)), person=person, by=_by(request))
    return {"owner": person.pk}


@router.post("/put-back/{kind}/{int:pk}", response=KeptOut, summary="Put one's own item back")
def post_put_back(request: HttpRequest, kind: str, pk: int, given: Reason) -> dict[str, Any]:
    """It lies in its pool again."""
    put_back(record=work_at(kind, pk, _by(request)), reason=given.reason, by=_by(request))
    return {"owner": None}


@router.post("/take-back/{kind}/{int:pk}", response=KeptOut, summary="Take somebody's item back")
def post_take_back(request: HttpRequest, kind: str, pk: int, given: Reason) -> dict[str, Any]:
    """It lies in its pool again."""
    take_back(record=work_at(kind, pk, _by(request)), reason=given.reason, by=_by(request))
    return {"owner": None}
