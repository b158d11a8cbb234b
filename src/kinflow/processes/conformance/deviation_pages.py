"""The log held against a model that was given: what deviates, and the cases behind each deviation, step by step."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kinflow.records.access import may
from kinflow.web.doors import page
from kinflow.web.pictures.files import saves_of

from ..bpmn.drawing import drawn
from ..bpmn.model import Model
from ..bpmn.words import note_words
from ..studio.moments import moment_of
from ..studio.pages.frame import canonical, frame_of
from ..studio.spans import count, share, span
from ..studio.subject import Subject, subject_of
from . import actions
from .aligning import Move
from .comparing import Comparison
from .deviations import Deviation, Kind, deviations_of
from .keeping import comparison_of, drawable, model_at
from .models import ReferenceModel
from .pages import tiles_of, told_of
from .words import KINDS

PAGE = 50


@page
@require_GET
def reference_page(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The log held against a model: what deviates, in how many cases, at what cost."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    row = model_at(subject.process, pk, subject.by)
    model = drawable(row)
    found = comparison_of(subject.process, row, subject.columns)
    place = f"/processes/{subject.process.key}/model/{pk}/"
    picture = reference_drawing(row, model, found)
    named = {**{key: subject.named(key) for key in subject.whole.activities}, **found.matched.unknown}
    context = {
        "reference": row,
        "place": place,
        "here": place,
        "picture": mark_safe(picture),  # noqa: S308  # drawn by us, every name escaped
        "tiles": tiles_of(found.quality),
        "told": told_of(found.judgement),
        "knows_none": not found.matched.known,
        "rows": [_row(subject, found, each, named, place) for each in found.deviations],
        "unknown": sorted(found.matched.unknown.values()),
        "foreign": [subject.named(step) for step in found.foreign],
        "notes": [note_words(note) for note in found.notes],
        "texts": [(e.name or e.id, e.script) for e in model.elements if e.script]
        + [(flow.name or flow.id, flow.condition) for flow in model.flows if flow.condition],
        "can_design": may(subject.by, "processes.add_design", kind="processdesign"),
        "can_remove": may(subject.by, "processes.remove_reference_model", row),
        "saves": saves_of(f"{place}picture", subject.asked.address(), ("svg", "png", "pdf", "csv")),
    }
    return render(request, "processes/studio/reference.html", frame_of(subject, "model") | context)


def reference_drawing(row: ReferenceModel, model: Model, found: Comparison) -> str:
    """A given model as SVG, with what deviates marked."""
    marks, figures = _marks(found)
    return drawn(model, label=row.name, marks=marks, figures=figures)


def _marks(found: Comparison) -> tuple[dict[str, str], dict[str, str]]:
    """Elements at which many cases deviate, and how many."""
    most = max((len(each.cases) for each in found.deviations), default=0)
    by_step: dict[str, int] = {}
    for each in found.deviations:
        by_step[each.step] = max(by_step.get(each.step, 0), len(each.cases))
    marks, figures = {}, {}
    for element, step in found.matched.step_of.items():
        if cases := by_step.get(step):
            marks[element] = "bpmn-bad" if 2 * cases >= most else "bpmn-warn"
            figures[element] = ngettext("%(n)s case", "%(n)s cases", cases) % {"n": count(cases)}
    return marks, figures


def _row(
    subject: Subject, found: Comparison, each: Deviation, named: Mapping[str, str], place: str
) -> dict[str, Any]:
    asked = urlencode({"kind": each.kind, "step": each.step})
    kept = subject.asked.address()
    return {
        "kind": KINDS[each.kind],
        "tone": {"skipped": "bad", "extra": "warn", "misplaced": "accent"}[each.kind],
        "step": named.get(each.step, each.step),
        "url": f"{place}cases/{kept}&{asked}".replace("?&", "?"),
        "cases": count(len(each.cases)),
        "share": share(len(each.cases) / max(1, found.judgement.cases)),
        "times": count(each.times),
        "with": span(each.seconds_with),
        "without": span(each.seconds_without),
        "work": span(each.work_seconds) if each.work_seconds else "–",  # noqa: RUF001
    }


@page
@require_GET
def deviating_cases(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The cases that deviate in one way, each step by step."""
    subject = subject_of(request, key)
    row = model_at(subject.process, pk, subject.by)
    found = comparison_of(subject.process, row, subject.columns)
    kind, step = request.GET.get("kind", ""), request.GET.get("step", "")
    after = request.GET.get("after", "")
    begin = int(after) if after.isdecimal() and len(after) < 10 else 0
    named = {**{key: subject.named(key) for key in subject.whole.activities}, **found.matched.unknown}
    chosen = [each for each in found.deviations if (each.kind, each.step) == (kind, step)]
    cases = chosen[0].cases[begin : begin + PAGE].tolist() if chosen else []
    total = len(chosen[0].cases) if chosen else 0
    asked = urlencode({"kind": kind, "step": step, "after": begin + PAGE})
    context = {
        "reference": row,
        "place": f"/processes/{subject.process.key}/model/{pk}/{_plain(subject.asked.address())}",
        "kind": KINDS[Kind(kind)] if chosen else "",
        "step": named.get(step, step),
        "total": ngettext("%(count)s case", "%(count)s cases", total) % {"count": count(total)},
        "rows": list(_case_rows(subject, found, cases, named)),
        "more": f"{subject.asked.address()}&{asked}".replace("?&", "?") if begin + PAGE < total else "",
        "filter_form": None,
    }
    return render(request, "processes/studio/deviating.html", frame_of(subject, "model") | context)


def _plain(query: str) -> str:
    return query if len(query) > 1 else ""


def _case_rows(
    subject: Subject, found: Comparison, cases: list[int], named: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    columns, wanted = subject.columns, set(cases)
    alignment_of = {
        case: one.alignment
        for one in found.judgement.judged
        if one.alignment
        for case in wanted.intersection(one.variant.cases.tolist())
    }
    for case in cases:
        first, last = int(columns.offsets[case]), int(columns.offsets[case + 1]) - 1
        alignment = alignment_of[case]
        case_id = str(columns.case_ids[case])
        yield {
            "label": case_id,
            "url": f"/processes/{subject.process.key}/cases/{quote(case_id, safe='')}/",
            "begun": moment_of(int(columns.begun_at[first])) if last >= first else None,
            "duration": span((columns.at[last] - columns.begun_at[first]) / 1e6) if last >= first else "–",  # noqa: RUF001
            "deviations": count(sum(deviations_of(alignment).values())),
            "moves": [
                {"label": named.get(step, step), "kind": move.value, "word": _move_word(move)}
                for move, step in alignment.moves
            ],
        }


def _move_word(move: Move) -> str:
    if move is Move.AGREED:
        return ""
    return str(KINDS[Kind.SKIPPED if move is Move.SKIPPED else Kind.EXTRA])


@page
@require_POST
def remove_reference(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Remove the model, and go back to the tab."""
    subject = subject_of(request, key)
    row = model_at(subject.process, pk, subject.by)
    actions.remove_reference_model(referencemodel=row, process=subject.process, by=subject.by)
    return HttpResponseRedirect(f"/processes/{subject.process.key}/model/")
