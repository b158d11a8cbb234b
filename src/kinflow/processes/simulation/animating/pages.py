"""One play to watch, of the calibrated process or of a what-if before and after; its numbers as tables, too."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kinflow.records.long_work.models import DONE
from kinflow.records.pages.answers import go_on
from kinflow.web.doors import page

from ...studio.pages.frame import frame_of
from ...studio.subject import Subject, subject_of
from ..calibrating.access import seen_calibrations
from ..calibrating.showing import verdict_told
from ..whatif.access import seen_what_ifs
from .subjects import Animated, calibration_shown, what_if_shown
from .telling import picture_told, tables_of

HOUR = 3600
USUAL_PACE = 12 * HOUR


@page
def process_animation(request: HttpRequest, key: str) -> HttpResponse:
    """The process as it was calibrated last; where it was not yet, on to where that is done."""
    subject = subject_of(request, key)
    row = seen_calibrations(subject.by).filter(process=subject.process, state=DONE).first()
    if row is None:
        return go_on(request, f"/processes/{key}/simulation/", _("It needs a calibration first."))
    context = frame_of(subject, "simulation") | {
        "back": f"/processes/{subject.process.key}/simulation/",
        "verdict": verdict_told(row),
    }
    return _shown(request, context, calibration_shown(row), _api(subject, f"calibrations/{row.pk}"))


@page
def what_if_animation(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A what-if, both sides beside each other."""
    subject = subject_of(request, key)
    rows = seen_what_ifs(subject.by).filter(process=subject.process, state=DONE)
    row = get_object_or_404(rows, pk=pk)
    context = frame_of(subject, "what-ifs") | {
        "back": f"/processes/{subject.process.key}/what-ifs/{pk}/",
        "verdict": verdict_told(row.calibration),
    }
    return _shown(request, context, what_if_shown(row), _api(subject, f"what-ifs/{pk}"))


def _api(subject: Subject, what: str) -> str:
    return f"/api/v1/processes/{subject.process.pk}/{what}/animation"


def _shown(request: HttpRequest, context: dict[str, Any], animated: Animated, moves: str) -> HttpResponse:
    shown, sides = animated
    picture = picture_told(shown, sides)
    paces = {
        HOUR: _("an hour a second"), 4 * HOUR: _("4 hours a second"), USUAL_PACE: _("12 hours a second"),
        24 * HOUR: _("a day a second"), 72 * HOUR: _("3 days a second"), 168 * HOUR: _("a week a second"),
    }  # fmt: skip
    context |= {
        "filter_form": None,
        "moves": moves,
        "picture": json.dumps(picture, ensure_ascii=False),
        "last": picture["lasts"],
        "names": picture["names"],
        "paces": [(pace, words, pace == USUAL_PACE) for pace, words in paces.items()],
        "tables": tables_of(shown, sides),
    }
    return render(request, "processes/simulation/animation.html", context)
