"""The tab “Model” of a process: the discovered model with its quality, and the models that were given."""

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.records.access import may
from kinflow.web.doors import page
from kinflow.web.pictures.files import saves_of

from ..bpmn.drawing import drawn
from ..bpmn.xml import MOST_BYTES
from ..discovery.discovered import Discovered, discover
from ..discovery.inductive import MOST_ACTIVITIES, TooManyActivities
from ..studio.pages.frame import canonical, tab_page
from ..studio.remembering import remembered
from ..studio.spans import count
from ..studio.subject import Subject, subject_of
from . import actions
from .aligning import Effort
from .judging import Judgement
from .keeping import ALL, EACH, models_of
from .quality import Quality

USUAL_NOISE, MOST_NOISE = 20, 60


@page
@require_http_methods(["GET", "POST"])
def model_tab(request: HttpRequest, key: str) -> HttpResponse:
    """The discovered model with its quality; POST gives a model to hold the log against."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    problem: Problem | None = None
    if request.method == "POST":
        try:
            row = _given(request, subject)
            return HttpResponseRedirect(f"/processes/{subject.process.key}/model/{row}/")
        except Problem as error:
            problem = error
    noise = noise_of(request)
    context = {
        "noise": noise,
        "most_noise": MOST_NOISE,
        "problem": problem,
        "references": models_of(subject.process, subject.by),
        "can_give": may(subject.by, "processes.add_reference_model", kind="referencemodel"),
        "can_design": may(subject.by, "processes.add_design", kind="processdesign"),
        "most": MOST_BYTES // 1_000_000,
        "address": subject.asked.address(),
        **_discovered_context(subject, noise),
    }
    answer = tab_page(request, subject, "model", **context)
    answer.status_code = problem.status if problem else 200
    return answer


def noise_of(request: HttpRequest) -> int:
    """How much is left out as infrequent, in per cent of the most frequent way."""
    asked = request.GET.get("noise", "")
    return min(int(asked), MOST_NOISE) if asked.isdecimal() and len(asked) < 4 else USUAL_NOISE


def discovered_of(subject: Subject, noise: int) -> Discovered:
    """The model of the part asked for. Raises TooManyActivities."""
    return remembered(
        subject.columns, ("model", noise), lambda: discover(subject.columns, noise / 100, Effort(EACH, ALL))
    )


def _discovered_context(subject: Subject, noise: int) -> dict[str, Any]:
    if not subject.columns.events:
        return {"is_empty": True}
    try:
        found = discovered_of(subject, noise)
    except TooManyActivities as error:
        told = _(
            "This log has %(count)s kinds of steps; a model can show at most %(most)s. Look at it by phases."
        )
        return {"too_many": told % {"count": count(error.count), "most": MOST_ACTIVITIES}}
    picture, steps = drawing_of(subject, found)
    return {
        "picture": mark_safe(picture),  # noqa: S308  # drawn by us, every name escaped
        "tiles": tiles_of(found.quality),
        "told": told_of(found.judgement),
        "steps": [(name, count(times), _through(subject, key)) for name, times, key in steps],
        "tree": str(found.tree),
        "saves": saves_of(
            f"/processes/{subject.process.key}/model",
            _with_noise(subject, noise),
            ("svg", "png", "pdf", "csv", "bpmn"),
        ),
    }


def _with_noise(subject: Subject, noise: int) -> str:
    return f"{subject.asked.address()}&noise={noise}".replace("?&", "?")


def drawing_of(subject: Subject, found: Discovered) -> tuple[str, list[tuple[str, int, str]]]:
    """The discovered model as SVG, and its steps: what each is called, how often it was done, its key."""
    labels = {step: subject.named(step) for step in found.tree.steps}
    model = found.model(name=subject.process.called, labels=labels)
    counts = np.bincount(subject.columns.activity, minlength=len(subject.columns.activities)).tolist()
    done = dict(zip(subject.columns.activities, counts, strict=True))
    keys = {label: key for key, label in labels.items()}
    steps = [(element, keys.get(element.name, element.name)) for element in model.steps]
    picture = drawn(
        model,
        label=_("Model of %(process)s") % {"process": subject.process.called},
        figures={element.id: count(done.get(key, 0)) for element, key in steps},
        links={element.id: _through(subject, key) for element, key in steps},
    )
    return picture, [(element.name, done.get(key, 0), key) for element, key in steps]


def _through(subject: Subject, step: str) -> str:
    return f"/processes/{subject.process.key}/cases/{subject.asked.with_('through', step).address()}"


def tiles_of(quality: Quality) -> list[dict[str, str]]:
    """The four figures, with what each means."""
    rows = [
        (
            _("Fitness"),
            quality.fitness,
            _("How much of the log the model explains (cost of the cheapest alignments)"),
        ),
        (
            _("Precision"),
            quality.precision,
            _("How much of what the model allows next the log does too (escaping edges)"),
        ),
        (
            _("Generalisation"),
            quality.generalisation,
            _("How often its steps were done: what was done often will be done again"),
        ),
        (_("Simplicity"), quality.simplicity, _("How few flows meet at its elements (inverse arc degree)")),
    ]
    return [{"label": label, "value": _figure(value), "why": why} for label, value, why in rows]


def _figure(value: float | None) -> str:
    return "–" if value is None else number_format(value, 2)  # noqa: RUF001


def told_of(judgement: Judgement) -> str:
    """How many cases go by the model, and how many were not judged."""
    fitting = _("%(fitting)s of %(cases)s cases go by the model in every step.") % {
        "fitting": count(judgement.fitting),
        "cases": count(judgement.cases),
    }
    if not judgement.given_up:
        return fitting
    given_up = ngettext(
        "%(count)s case was given up, since judging it would have taken too long.",
        "%(count)s cases were given up, since judging them would have taken too long.",
        judgement.given_up,
    )
    return f"{fitting} {given_up % {'count': count(judgement.given_up)}}"


def _given(request: HttpRequest, subject: Subject) -> int:
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid(errors=[FieldError("/file", _("Choose a file."))])
    content = upload.read(MOST_BYTES + 1)
    name = request.POST.get("name", "") or str(upload.name).rpartition(".")[0]
    row = actions.add_reference_model(process=subject.process, content=content, name=name, by=subject.by)
    return int(row.pk)
