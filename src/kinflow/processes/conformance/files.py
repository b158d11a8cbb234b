"""Models as files: the discovered one and those that were given, as BPMN, pictures and tables."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kinflow.kit.problem import Invalid
from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, file_name, picture_file

from ..bpmn.writing import write_bpmn
from ..discovery.discovered import Discovered
from ..discovery.inductive import TooManyActivities
from ..studio.pages.files import csv_file
from ..studio.pages.frame import summary_of
from ..studio.subject import Subject, subject_of
from .deviation_pages import reference_drawing
from .keeping import comparison_of, drawable, model_at
from .pages import discovered_of, drawing_of, noise_of
from .words import KINDS

View = Callable[..., HttpResponseBase]


def _discovered(request: HttpRequest, subject: Subject) -> Discovered:
    try:
        return discovered_of(subject, noise_of(request))
    except TooManyActivities as error:
        raise Invalid(_("There are too many kinds of steps for a model.")) from error


@page
@require_GET
def model_file(request: HttpRequest, key: str) -> HttpResponse:
    """The discovered model as a BPMN file."""
    subject = subject_of(request, key)
    found = _discovered(request, subject)
    labels = {step: subject.named(step) for step in found.tree.steps}
    return _file(write_bpmn(found.model(name=subject.process.called, labels=labels)), subject.process.key)


@page
@require_GET
def model_picture(request: HttpRequest, key: str, kind: Kind) -> HttpResponse:
    """The discovered model as a picture."""
    subject = subject_of(request, key)
    picture, _steps = drawing_of(subject, _discovered(request, subject))
    title = _("Model of %(process)s") % {"process": subject.process.called}
    return picture_file(picture, kind, title, title=title, note=summary_of(subject))


@page
@require_GET
def model_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The steps of the discovered model, and how often each was done."""
    subject = subject_of(request, key)
    _picture, steps = drawing_of(subject, _discovered(request, subject))
    rows = ([name, times] for name, times, _key in steps)
    return csv_file(f"{subject.process.key}-model.csv", ("step", "times"), rows)


@page
@require_GET
def reference_file(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The model as it was given."""
    subject = subject_of(request, key)
    row = model_at(subject.process, pk, subject.by)
    return _file(bytes(row.content), row.name)


@page
@require_GET
def reference_picture(request: HttpRequest, key: str, pk: int, kind: Kind) -> HttpResponse:
    """The given model as a picture, with what deviates marked."""
    subject = subject_of(request, key)
    row = model_at(subject.process, pk, subject.by)
    found = comparison_of(subject.process, row, subject.columns)
    picture = reference_drawing(row, drawable(row), found)
    return picture_file(picture, kind, row.name, title=row.name, note=subject.process.called)


@page
@require_GET
def reference_csv(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """What is done otherwise than the model says."""
    subject = subject_of(request, key)
    row = model_at(subject.process, pk, subject.by)
    found = comparison_of(subject.process, row, subject.columns)
    named = {**{key: subject.named(key) for key in subject.whole.activities}, **found.matched.unknown}
    rows = (
        [str(KINDS[each.kind]), named.get(each.step, each.step), len(each.cases), each.times]
        for each in found.deviations
    )
    return csv_file(f"{subject.process.key}-deviations.csv", ("deviation", "step", "cases", "times"), rows)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, file_name(name, "bpmn")) or ""
    return answer
