"""The right pane of a person's page: what they can, how much they hold, and when they are away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.access import may, may_see
from kinflow.records.faces import RecordType
from kinflow.records.pages import composing
from kinflow.records.pages.answers import actor_of, go_on
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
@require_POST
def absence_removed(request: HttpRequest, absence_id: int) -> HttpResponse | HttpResponseRedirect:
    """Take an absence away again."""
    by = actor_of(request)
    absence = Absence.objects.filter(pk=min(absence_id, 2**63 - 1)).select_related("person").first()
    if absence is None or not may_see(by, absence.person):
        raise NotFound(_("There is no such absence."))
    person: Person = absence.person
    remove_absence(absence=absence, by=by)
    return go_on(request, f"/people/{person.pk}/", _("The absence is removed."))
