"""The checklist of a design on screen: each principle with its verdict, evidence, cases and moves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kinflow.eventlog import Actor
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from ...definitions.models import Process
from ...diagnosis.telling import ToldFinding
from ...simulation.whatif.choosing_pages import can_try, tries_of
from ...studio.spans import count
from ...studio.subject import subject_of
from ..models import ProcessDesign
from ..naming import design_called
from ..pages import design_at
from .judging import Judged, Said, judged, source_words
from .reading import processes_of

CHIPS = {"kept": "good", "partly": "warn", "not_kept": "bad", "unknown": ""}
SHOWN_CASES = 3


@page
@require_GET
def principles_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The seven principles of a design, with the log of the process that `?process=` names, else of the first."""
    design, by = design_at(request, pk), actor_of(request)
    choices = processes_of(design, by)
    process = chosen(choices, request.GET.get("process", ""))
    context = {
        "design": design,
        "called": design_called(design),
        "here": f"/process-design/{pk}/",
        "choices": choices,
        "process": process,
        "rows": _rows(request, design, process, by),
        "source": source_words(),
    }
    return render(request, "processes/designs/principles.html", context)


def chosen(choices: list[Process], key: str) -> Process | None:
    """The process of this key or number, else the first; None where there is none."""
    return next((each for each in choices if key in (each.key, str(each.pk))), next(iter(choices), None))


def _rows(
    request: HttpRequest, design: ProcessDesign, process: Process | None, by: Actor
) -> list[dict[str, Any]]:
    subject = subject_of(request, process.key) if process is not None else None
    may_try = subject is not None and can_try(subject)

    def tries(finding: ToldFinding) -> list[dict[str, str]]:
        return tries_of(subject, finding) if subject is not None and may_try else []

    return [
        {
            "row": row,
            "chip": CHIPS[row.verdict],
            "said": [_said(said, tries(said.finding) if said.finding else []) for said in row.said],
            "moves": _moves(row, process) if may_try else [],
        }
        for row in judged(design, process, by)
    ]


def _said(said: Said, tries: list[dict[str, str]]) -> dict[str, Any]:
    found = said.finding
    return {
        "said": said,
        "tries": tries,
        "cases": found.cases[:SHOWN_CASES] if found else [],
        "case_count": count(found.kept.case_count) if found else "",
    }


def _moves(row: Judged, process: Process | None) -> list[dict[str, str]]:
    if process is None:
        return []
    root = f"/processes/{process.key}/what-ifs/new/?move="
    return [{"url": f"{root}{key}", "label": label} for key, label in row.moves]
