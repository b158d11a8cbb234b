"""A picture as a file that the browser saves, and the addresses under which a picture's files are offered."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from django.http import HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from .printing import as_pdf, as_png
from .standing import standing

Kind = Literal["svg", "png", "pdf"]
KINDS: tuple[Kind, ...] = ("svg", "png", "pdf")
TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
LABELS = {
    "svg": _("Picture as SVG"),
    "png": _("Picture as PNG"),
    "pdf": _("Picture as PDF"),
    "csv": _("Numbers as CSV"),
    "bpmn": _("Model as BPMN"),
}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|%\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def file_name(words: str, kind: str) -> str:
    """Words as the name of a file on any system, with its ending."""
    plain = _UNSAFE.sub(" ", words).strip(" .")
    return f"{' '.join(plain.split())[:120] or 'kinflow'}.{kind}"


def picture_file(svg: str, kind: Kind, name: str, *, title: str = "", note: str = "") -> HttpResponse:
    """The drawing as a file of this kind. `name` becomes the file's name; title and note stand above the drawing.

    Raises Invalid for what is no drawing.
    """
    picture = standing(svg, title, note)
    content: str | bytes = picture.text()
    if kind != "svg":
        content = as_pdf(picture, title or name) if kind == "pdf" else as_png(picture)
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(True, file_name(name, kind)) or ""
    answer["Content-Security-Policy"] = "default-src 'none'"
    return answer


def saves_of(place: str, query: str = "", kinds: Sequence[str] = (*KINDS, "csv")) -> list[dict[str, Any]]:
    """What the menu “Export” offers: `place` with each ending, for the part that the query asks for."""
    asked = query if len(query) > 1 else ""
    return [{"label": LABELS[kind], "url": f"{place}.{kind}{asked}"} for kind in kinds]


def picture_paths(place: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """The addresses of a picture's files: `place` with each ending, which the view is given as `kind`."""
    return [path(f"{place}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}") for kind in KINDS]
