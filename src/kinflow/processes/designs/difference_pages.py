"""Two versions of a design side by side: what differs in words and in both pictures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kinflow.kit.problem import NotFound
from kinflow.web.doors import page

from ..bpmn.drawing import drawn
from .difference_words import difference_words
from .differences import ADDED, REMOVED, Difference, differences_of, marks_of
from .kept import model_of
from .models import DesignVersion, ProcessDesign
from .naming import design_called
from .pages import design_at


@dataclass(frozen=True)
class Told:
    """A difference in words; `change` is added, removed or changed."""

    change: str
    words: str
    one: Difference


def version_at(design: ProcessDesign, number: int) -> DesignVersion:
    """A version of a design. Raises NotFound."""
    row = DesignVersion.objects.filter(design=design, number=number).first()
    if row is None:
        raise NotFound(
            _("The design has no version %(number)s.") % {"number": number},
            remedy=_("Choose another version."),
        )
    return row


def told_differences(design: ProcessDesign, first: int, second: int) -> list[Told]:
    """What differs between two versions, in words. Raises NotFound."""
    before, after = version_at(design, first), version_at(design, second)
    models = model_of(design.pk, first), model_of(design.pk, second)
    bound = before.bindings, after.bindings
    found = differences_of(*models, *bound)
    return [Told(_change(one), difference_words(one, design.kind, *models, bound), one) for one in found]


def _change(one: Difference) -> str:
    return "added" if one.code in ADDED else "removed" if one.code in REMOVED else "changed"


@page
@require_GET
def differences_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs between the versions `from` and `to`; without them, between the newest and the one before."""
    design = design_at(request, pk)
    second = _number(request, "to", design.number)
    first = _number(request, "from", max(1, second - 1))
    told = told_differences(design, first, second)
    context = {
        "design": design,
        "called": design_called(design),
        "here": f"/process-design/{pk}/",
        "first": first,
        "second": second,
        "numbers": list(DesignVersion.objects.filter(design=design).values_list("number", flat=True)),
        "rows": [(each.change, _change_word(each.change), each.words) for each in told],
        "pictures": [
            (number, _picture(design, number, told, is_before=is_before))
            for number, is_before in ((first, True), (second, False))
        ],
    }
    return render(request, "processes/designs/differences.html", context)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else otherwise


def _change_word(change: str) -> str:
    return {"added": _("new"), "removed": _("gone"), "changed": _("changed")}[change]


def _picture(design: ProcessDesign, number: int, told: list[Told], *, is_before: bool) -> SafeString:
    model = model_of(design.pk, number)
    marks = marks_of((each.one for each in told), is_before=is_before)
    words = {"bpmn-added": _("new"), "bpmn-removed": _("gone"), "bpmn-changed": _("changed")}
    figures = {part: words[mark.removesuffix("-flow")] for part, mark in marks.items()}
    label = _("Version %(number)s") % {"number": number}
    return mark_safe(drawn(model, label=label, marks=marks, figures=figures))  # noqa: S308  # drawn by us, every name escaped
