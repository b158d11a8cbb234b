"""The API of authority: policies with their use, values, and what the caller may decide alone."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.api.shapes import Strict

from ..approvals.api import ApprovalOut, told
from ..approvals.pages import approval_at
from ..approvals.showing import shown
from . import actions
from .access import sees_policies, sees_use
from .deciding import withdraw_question
from .models import CompanyValue, Policy
from .report import Figures, report_of

router = Router(tags=["authority"])


class PolicyIn(Strict):
    """The policy of a matter (discount, delivery, goodwill, refund); content as that of a decision table whose outcome
    `who` is alone, superior, above, nobody, position:ID, unit:ID (who leads it) or person:ID."""

    matter: str
    name: str
    name_zh: str = ""
    content: dict[str, Any] | None = None


class PolicyChanges(Strict):
    """What is to be another: name, name_zh, values (ids)."""

    changes: dict[str, Any]


class Switch(Strict):
    """In force or not."""

    is_active: bool


class PolicyOut(Schema):
    """A policy; its table is at /decisions/{table}."""

    id: int
    matter: str
    name: str
    name_zh: str
    table: int
    is_active: bool
    values: list[int]


class FiguresOut(Schema):
    """Decisions: alone, asked and not answered yet, approved, refused; the median of hours until an answer."""

    alone: int
    asked: int
    approved: int
    refused: int
    hours: float | None


class RowOut(Schema):
    """One row (from 1; null for what no row held for) of the version that counts."""

    row: int | None
    figures: FiguresOut
    is_always_approved: bool


class ReportOut(Schema):
    """The last year of a policy."""

    figures: FiguresOut
    rows: list[RowOut]
    is_unused: bool


class ValueIn(Strict):
    """A value in both languages."""

    name: str
    name_zh: str = ""
    text: str = ""
    text_zh: str = ""


class ValueOut(Schema):
    """A value."""

    id: int
    name: str
    name_zh: str
    text: str
    text_zh: str


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    if not sees_policies(by):
        raise Refused()
    return by


def _told(policy: Policy) -> dict[str, Any]:
    values = sorted(policy.values.values_list("pk", flat=True))
    names = ("id", "matter", "name", "name_zh", "is_active")
    return {**{name: getattr(policy, name) for name in names}, "table": policy.table_id, "values": values}


def _figures(figures: Figures) -> dict[str, Any]:
    return vars(figures)


@router.get("/policies", response=list[PolicyOut], summary="All policies")
def list_policies(request: HttpRequest) -> list[dict[str, Any]]:
    """One for each matter."""
    _by(request)
    return [_told(policy) for policy in Policy.objects.all()]


@router.post("/policies", response={201: PolicyOut}, summary="Add the policy of a matter")
def post_policy(request: HttpRequest, given: PolicyIn) -> Any:
    """It rules nothing before it is switched on."""
    return 201, _told(actions.add_policy(by=_by(request), **given.dict()))


@router.patch("/policies/{int:pk}", response=PolicyOut, summary="Change a policy")
def patch_policy(request: HttpRequest, pk: int, given: PolicyChanges) -> dict[str, Any]:
    """Its names, and the values it stands for."""
    by, policy = _by(request), get_object_or_404(Policy, pk=pk)
    return _told(actions.change_policy(policy=policy, changes=given.changes, by=by))


@router.post("/policies/{int:pk}/switch", response=PolicyOut, summary="Put a policy into or out of force")
def post_switch(request: HttpRequest, pk: int, given: Switch) -> dict[str, Any]:
    """From now on."""
    by, policy = _by(request), get_object_or_404(Policy, pk=pk)
    return _told(actions.switch_policy(policy=policy, is_active=given.is_active, by=by))


@router.get("/policies/{int:pk}/report", response=ReportOut, summary="How a policy is used")
def get_report(request: HttpRequest, pk: int) -> dict[str, Any]:
    """For team leads, process owners, auditors and administrators."""
    if not sees_use(_by(request)):
        raise Refused()
    report = report_of(get_object_or_404(Policy.objects.select_related("table"), pk=pk), timezone.now())
    return {
        "figures": _figures(report.figures),
        "rows": [
            {
                "row": None if row.row is None else row.row + 1,
                "figures": _figures(row.figures),
                "is_always_approved": row.figures.is_always_approved,
            }
            for row in report.rows
        ],
        "is_unused": report.is_unused,
    }


@router.post(
    "/approvals/{int:pk}/withdraw", response=ApprovalOut, summary="Take back what a policy had one ask"
)
def post_withdraw(request: HttpRequest, pk: int) -> dict[str, Any]:
    """For whoever asked; nothing is done then."""
    by: Actor = request.by  # type: ignore[attr-defined]
    held = withdraw_question(approval=approval_at(by, pk), by=by)
    return told(shown([held], by)[0])


@router.get("/values", response=list[ValueOut], summary="What the company stands for")
def list_values(request: HttpRequest) -> list[CompanyValue]:
    """All stated values."""
    _by(request)
    return list(CompanyValue.objects.all())


@router.post("/values", response={201: ValueOut}, summary="State a value")
def post_value(request: HttpRequest, given: ValueIn) -> Any:
    """In both languages."""
    return 201, actions.state_value(by=_by(request), **given.dict())


@router.delete("/values/{int:pk}", response={204: None}, summary="Take a value back")
def delete_value(request: HttpRequest, pk: int) -> Any:
    """Where no policy stands for it."""
    actions.withdraw_value(value=get_object_or_404(CompanyValue, pk=pk), by=_by(request))
    return 204, None
