"""The API of processes: what there is, what it looks like, the cases behind it; adding and changing."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit import cursors
from kinflow.kit.problem import NotFound

from .actions import add_process, change_process, switch_process
from .api_answers import (
    CasesOut,
    EventsOut,
    FiguresOut,
    GlanceOut,
    PortfolioRow,
    ProcessChanges,
    ProcessIn,
    ProcessOut,
)
from .casework import Wanted, case_page, case_told, place_of
from .labels import labels_of
from .models import Process
from .portfolio import figures, portfolio
from .reading import columns_of_process, refuse_strangers
from .showing import Time, glance
from .steps import Level

router = Router(tags=["processes"])
MOST_CASES = 200


class CasesAsked(Schema):
    """Which cases, and which page of them."""

    step: str = Field("", max_length=400, description="Cases that go through this step.")
    from_: str = Field("", alias="from", max_length=400, description="With `to`: directly from this step.")
    to: str = Field("", max_length=400, description="With `from`: to this step.")
    variant: list[str] = Field(
        default_factory=list, max_length=2000, description="Cases of exactly these steps."
    )
    start: str = Field("", max_length=400, description="Cases that begin with this step.")
    end: str = Field("", max_length=400, description="Cases that end with this step.")
    level: Level = "steps"
    limit: int = Field(50, ge=1, le=MOST_CASES)
    cursor: str = Field("", max_length=cursors.LONGEST, description="`next` of the page before.")

    def wanted(self) -> Wanted:
        """The same as a value."""
        arrow = (self.from_, self.to) if self.from_ or self.to else None
        return Wanted(self.step, arrow, self.variant, self.start, self.end)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _found(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return get_object_or_404(Process, pk=pk)


@router.get("/processes", response=list[ProcessOut], summary="All processes")
def list_processes(request: HttpRequest) -> list[Process]:
    """All processes in their order, also those put aside."""
    refuse_strangers(_by(request))
    return list(Process.objects.all())


@router.get("/processes/portfolio", response=list[PortfolioRow], summary="Which processes matter")
def get_portfolio(request: HttpRequest) -> list[dict[str, Any]]:
    """The processes in use with volume, time, cost and trend."""
    rows = portfolio(_by(request), timezone.now())
    return [
        {
            "id": row.process.pk,
            "key": row.process.key,
            "name": row.process.name,
            "name_zh": row.process.name_zh,
            "figures": vars(row.figures) if row.figures else None,
        }
        for row in rows
    ]


@router.post("/processes", response={201: ProcessOut}, summary="Add a process")
def post_process(request: HttpRequest, given: ProcessIn) -> tuple[int, Process]:
    """Add a process over our own log."""
    return 201, add_process(**given.model_dump(), by=_by(request))


@router.get("/processes/{int:pk}", response=ProcessOut, summary="One process")
def get_process(request: HttpRequest, pk: int) -> Process:
    """What the process says."""
    return _found(request, pk)


@router.patch("/processes/{int:pk}", response=ProcessOut, summary="Change a process")
def patch_process(request: HttpRequest, pk: int, given: ProcessChanges) -> Process:
    """Change names, condition, steps, phases, goals, cost rates or order."""
    process = _found(request, pk)
    return change_process(process=process, changes=given.changes, seen=given.seen, by=_by(request))


@router.post("/processes/{int:pk}/switch", response=ProcessOut, summary="Put aside, or take up again")
def post_switch_process(request: HttpRequest, pk: int, is_active: bool) -> Process:
    """Look at the process from now on, or no more."""
    return switch_process(process=_found(request, pk), is_active=is_active, by=_by(request))


@router.get("/processes/{int:pk}/figures", response=FiguresOut, summary="Volume, time, cost, trend")
def get_figures(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The figures of one process."""
    found = figures(_found(request, pk), _by(request), timezone.now())
    if found is None:
        raise NotFound(_("The log of this process is gone."))
    return vars(found)


@router.get(
    "/processes/{int:pk}/overview", response=GlanceOut, summary="A process at a glance", by_alias=True
)
def get_overview(
    request: HttpRequest, pk: int, level: Level = "steps", time: Time = "elapsed"
) -> dict[str, Any]:
    """Steps, variants, arrows, hand-overs and findings; at most 1,000 variants. Working time is by units' calendars."""
    return glance(_found(request, pk), _by(request), level=level, time=time)


@router.get("/processes/{int:pk}/cases", response=CasesOut, summary="The cases behind something")
def list_cases(request: HttpRequest, pk: int, asked: Query[CasesAsked]) -> dict[str, Any]:
    """The cases of a step, an arrow, a variant, in the order of their numbers."""
    columns = columns_of_process(_found(request, pk), _by(request), level=asked.level)
    page = case_page(columns, asked.wanted(), _after(asked.cursor, pk), asked.limit)
    following = cursors.encode(["process", pk, page.last]) if page.last is not None else None
    return {"cases": page.cases, "next": following}


def _after(cursor: str, pk: int) -> str | None:
    """The case after which the page begins."""
    if not cursor:
        return None
    kind, of, case = [*cursors.decode(cursor), None, None, None][:3]
    if kind != "process" or of != pk or not isinstance(case, str):
        raise cursors.bad_cursor()
    return case


@router.get("/processes/{int:pk}/cases/{path:case}", response=EventsOut, summary="One case")
def get_case(request: HttpRequest, pk: int, case: str, level: Level = "steps") -> dict[str, Any]:
    """All events of a case, and what is known of it."""
    process = _found(request, pk)
    columns = columns_of_process(process, _by(request), level=level)
    place = place_of(columns, case)
    if place is None:
        raise NotFound(_("This process has no case “%(case)s”.") % {"case": case})
    return case_told(columns, place, labels_of(process, columns.activities) if process.case_kind else {})
