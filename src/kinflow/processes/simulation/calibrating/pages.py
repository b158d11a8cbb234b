"""The tab Simulation of a process: its calibration, how it was made, how well it foretells."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.records.long_work.models import DONE, WAITING
from kinflow.records.long_work.pages import act_page, show
from kinflow.records.pages.answers import go_on
from kinflow.web.doors import page

from ...definitions.labels import labels_of
from ...studio.pages.frame import frame_of
from ...studio.subject import Subject, subject_of
from .access import may_calibrate, seen_calibrations
from .actions import cancel_calibration, start_calibration
from .models import Calibration
from .pictures import charts_of, heat_of
from .role_names import called_after
from .showing import demand_told, verdict_told
from .tables import about_of, distances_told, figures_told, kinds_told, people_told, steps_told, waits_told

TAB = "simulation"


@page
def simulation_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """What was calibrated last; posted to, it is calibrated anew."""
    subject = subject_of(request, key)
    address = f"/processes/{subject.process.key}/{TAB}/"
    if request.method == "POST":
        start_calibration(process=subject.process, by=subject.by)
        return go_on(request, address, _("The calibration began."))
    rows = seen_calibrations(subject.by).filter(process=subject.process)
    newest, done = rows.first(), rows.filter(state=DONE).first()
    context = frame_of(subject, TAB) | {
        "filter_form": None,
        "address": address,
        "newest": newest,
        "row": done,
        "may_calibrate": may_calibrate(subject.by),
        "has_events": subject.whole.events > 0,
    }
    name = "processes/simulation/simulation.html"
    return show(request, name, newest, context, lambda: _told(subject, done) if done else {})


def _newest(request: HttpRequest, key: str) -> Calibration:
    """The one that runs, or else the last."""
    subject = subject_of(request, key)
    rows = seen_calibrations(subject.by).filter(process=subject.process)
    return rows.filter(state=WAITING).first() or get_object_or_404(rows[:1])


cancel = act_page(
    _newest,
    lambda row, by: cancel_calibration(calibration=row, by=by),
    gettext_lazy("The calibration was cancelled."),
)


def _told(subject: Subject, row: Calibration) -> dict[str, Any]:
    """A calibration that is done, for the template."""
    facts = row.facts
    known = {each["activity"] for each in facts["steps"]} | {
        each[end] for each in facts["waits"] for end in ("source", "target")
    }
    roles = {each["role"] for each in facts["steps"]}
    labels = labels_of(subject.process, known | roles)
    called = {role: labels.get(step, step) for role, step in called_after(facts).items()}
    return {
        "facts": facts,
        "about": about_of(facts),
        "verdict": verdict_told(row),
        "figures": figures_told(row),
        "distances": distances_told(row),
        "demand": demand_told(row.holdout),
        "charts": charts_of(row),
        "heat": heat_of(facts),
        "steps": steps_told(facts, labels, called),
        "waits": waits_told(subject, facts, labels),
        "kinds": kinds_told(subject, facts),
        "people": people_told(subject, facts, labels | called) if subject.sees_people else [],
        "hides_people": not subject.sees_people and bool(facts["people"]),
    }
