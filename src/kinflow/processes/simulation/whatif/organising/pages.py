"""The page of the structure before and after a what-if: its figures and its chart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kinflow.web.doors import page

from ....studio.subject import subject_of
from ..access import seen_what_ifs
from ..pages import what_if_frame
from ..telling import moves_told
from .telling import pictures_of, structure_rows


@page
@require_GET
def structure_page(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Layers, spans, hand-offs and decisions before and after, and the chart of the new structure."""
    subject = subject_of(request, key)
    row = get_object_or_404(seen_what_ifs(subject.by).filter(process=subject.process), pk=pk)
    pictures = pictures_of(row, subject.by) if row.process.case_kind else []
    titles = (_("The chart as it is"), _("The chart after the moves"))
    context = what_if_frame(subject) | {
        "row": row,
        "moves": moves_told(row),
        "rows": structure_rows(row),
        "pictures": [
            (title, mark_safe(picture))  # noqa: S308  # drawn by us, every name escaped
            for title, picture in zip(titles, pictures, strict=False)
        ][::-1],
        "is_changed": len(pictures) > 1,
    }
    return render(request, "processes/simulation/what_if_structure.html", context)
