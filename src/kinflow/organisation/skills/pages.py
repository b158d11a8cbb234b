"""The skills matrix, with levels edited in place."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid, NotFound
from kinflow.records.access import may, visible
from kinflow.records.faces import face_of
from kinflow.records.pages.answers import actor_of, by_htmx, tell
from kinflow.records.pages.found import refuse_unseen
from kinflow.web.doors import page

from ..people.abilities import set_skill
from ..people.models import Person, PersonSkill
from ..units.choice import choice_of
from .matrix import Cell, Wish, level_choices, matrix_of
from .models import Skill
from .rules import SORTS


@page
def matrix(request: HttpRequest) -> HttpResponse:
    """People against skills, narrowed by unit and sort of skill, ordered by name or a skill."""
    by = actor_of(request)
    refuse_unseen(face_of("skill"), by)
    units, given = choice_of(request), request.GET
    order = given.get("order", "")
    wish = Wish(
        units.unit_ids,
        given.get("sort", "") if given.get("sort", "") in dict(SORTS) else "",
        order if order.isdecimal() and len(order) < 19 else "",
        given.get("cursor", ""),
    )
    found = matrix_of(by, wish)
    chosen = (("unit", units.value), ("sort", wish.sort), ("order", wish.order))
    return render(
        request,
        "organisation/skills.html",
        {
            "matrix": found,
            "shown": found.shown,
            "query": urlencode({key: value for key, value in chosen if value}),
            "units": units,
            "sorts": SORTS,
            "wish": wish,
            "levels": level_choices(),
            "may_add": may(by, "organisation.add_skill", kind="skill"),
        },
    )


@page
def level(request: HttpRequest, person_id: int, skill_id: int) -> HttpResponse:
    """One cell: a form to change the level, and the level after it was changed."""
    by = actor_of(request)
    person = visible(by, Person.objects.filter(pk=min(person_id, 2**63 - 1))).first()
    skill = visible(by, Skill.objects.filter(pk=min(skill_id, 2**63 - 1))).first()
    if person is None or skill is None:
        raise NotFound(_("There is no such person or skill."))
    if request.method == "POST":
        set_skill(person=person, skill=skill, level=_level(request.POST.get("level", "")), by=by)
    now = PersonSkill.objects.filter(person=person, skill=skill).first()
    cell = Cell(skill, now.level if now else 0)
    told = {
        "person": person,
        "cell": cell,
        "levels": level_choices(),
        "was_set": request.method == "POST",
        "may_change": may(by, "organisation.set_skill", person),
    }
    if request.method != "POST":
        part = "#level_form" if by_htmx(request) else ""
        return render(request, f"organisation/level.html{part}", told)
    if not by_htmx(request):
        return HttpResponseRedirect("/organisation/skills/")
    words = _("%(skill)s of %(person)s: %(level)s")
    said = words % {"skill": skill, "person": person, "level": cell.level or "–"}
    return tell(render(request, "organisation/level.html#level_cell", told), said)


def _level(text: str) -> int:
    if not (text.isdecimal() and len(text) == 1):
        raise Invalid(errors=[FieldError("/level", _("Choose one of the values."))])
    return int(text)
