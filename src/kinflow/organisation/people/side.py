"""The right pane of a person's page: what they can, how much they hold, and when they are away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.records.access import may, may_see
from kinflow.records.faces import RecordType
from kinflow.records.pages import composing
from kinflow.records.pages.answers import actor_of, by_htmx, go_on
from kinflow.web.doors import page

from ..load import loads
from ..load_bars import bar_of, kinds_in_order, limits_of
from .models import Absence, Person
from .presence import remove_absence

MOST_ABSENCES = 6


def part(face: RecordType, record: Any, by: Actor) -> str:
    """Skills, languages, load and absences of a person; nothing on other pages."""
    if face.name != "person":
        return ""
    held, limits = loads([record.pk]).get(record.pk, {}), limits_of([record.pk])
    kinds = kinds_in_order()
    told = {
        "person": record,
        "skills": record.skills.select_related("skill").order_by("-level", "skill_id"),
        "languages": record.languages.order_by("-level", "language"),
        "bars": [
            (kind, bar_of(name, held.get(name, 0.0), limits.get((record.pk, name)), held.get(name, 0.0)))
            for name, kind in kinds.items()
        ],
        "absences": record.absences.filter(ends_at__gt=timezone.now()).order_by("starts_at")[:MOST_ABSENCES],
        "may_skill": may(by, "organisation.set_skill", record),
        "may_absence": may(by, "organisation.add_absence", record),
    }
    return render_to_string("organisation/person_side.html", told)


composing.register_side_part(part)


@page
def remove(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Ask whether an absence shall go; on POST, take it away."""
    by = actor_of(request)
    absence = Absence.objects.filter(pk=min(absence_id, 2**63 - 1)).select_related("person__unit").first()
    if absence is None or not may_see(by, absence.person):
        raise NotFound(_("There is no such absence."), remedy=_("It may have been removed already."))
    person: Person = absence.person
    if request.method == "POST":
        remove_absence(absence=absence, by=by)
        return go_on(request, f"/people/{person.pk}/", _("The absence is removed."))
    if not may(by, "organisation.remove_absence", person):
        raise Refused(remedy=_("Ask the person, their team lead or an administrator."))
    part = "#dialog" if by_htmx(request) else ""
    return render(request, f"organisation/absence_removal.html{part}", {"absence": absence, "person": person})
