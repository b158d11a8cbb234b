"""What browsers drew, as PDF: they send their drawing and get the file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ..doors import page
from .files import picture_file
from .standing import MOST_BYTES


@page
@require_POST
def pdf(request: HttpRequest) -> HttpResponse:
    """The drawing sent as the file `svg`, as a PDF called `name`."""
    drawing = request.FILES.get("svg")
    content = drawing.read(MOST_BYTES + 1).decode(errors="replace") if drawing else ""
    return picture_file(content, "pdf", request.POST.get("name", ""))
