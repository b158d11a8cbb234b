"""Drawings as PDF and PNG, by MuPDF: lines stay lines, words stay words, Chinese too, whatever fonts the machine has.

MuPDF is loaded when somebody first saves a picture, since it takes a moment and some memory; it does one thing at a time.
"""

import math
from importlib import import_module
from io import BytesIO
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from kinflow.kit.problem import Invalid

from .paging import Paging
from .standing import SVG, Standing

SCALE = 2.0
EDGE = 45.0
MOST_PIXELS = 48_000_000
_HALO = ("stroke", "stroke-width", "paint-order")
_turn = Lock()


def as_pdf(picture: Standing, title: str = "") -> bytes:
    """One page as large as the drawing, with only the letters of its fonts that it needs; programs show its title."""
    with _turn:
        mupdf = _mupdf()
        pages = mupdf.open("pdf", _opened(mupdf, picture).convert_to_pdf())
        pages.subset_fonts()
        pages.set_metadata({"title": title, "creator": "Kinflow"})
        content: bytes = pages.tobytes(garbage=4, deflate=True)
    return content


def pages_as_pdf(html: str, title: str = "") -> bytes:
    """A document of our own as A4 pages: headings, paragraphs, tables and drawings, in any script."""
    content = BytesIO()
    with _turn:
        mupdf = _mupdf()
        paper = mupdf.paper_rect("a4")
        writer = mupdf.DocumentWriter(content)
        Paging(mupdf, writer, paper, paper + (EDGE, EDGE, -EDGE, -EDGE)).lay(html)
        writer.close()
        pages = mupdf.open("pdf", content.getvalue())
        pages.subset_fonts()
        pages.set_metadata({"title": title, "creator": "Kinflow"})
        told: bytes = pages.tobytes(garbage=4, deflate=True)
    return told


def as_png(picture: Standing) -> bytes:
    """The drawing at twice its size; less where that would be too much."""
    scale = min(SCALE, math.sqrt(MOST_PIXELS / (picture.width * picture.height)))
    with _turn:
        mupdf = _mupdf()
        page = _opened(mupdf, picture)[0]
        content: bytes = page.get_pixmap(matrix=mupdf.Matrix(scale, scale), alpha=False).tobytes("png")
    return content


def _mupdf() -> Any:
    return import_module("pymupdf")


def _opened(mupdf: Any, picture: Standing) -> Any:
    try:
        return mupdf.open(stream=printable(picture), filetype="svg")
    except Exception as error:  # MuPDF has no error of its own for what it cannot read
        raise Invalid(_("This is no picture.")) from error


def printable(picture: Standing) -> bytes:
    """The drawing as MuPDF wants it: each text says its font, and has no halo, which would lie upon the letters; what has
    a line of no width has none.
    """
    root = etree.fromstring(picture.text().encode())
    for node in root.iter():
        if node.get("stroke-width") in ("0", "0px"):
            node.set("stroke", "none")
    for node in root.iter(f"{{{SVG}}}text", f"{{{SVG}}}tspan"):
        node.set("font-family", "Helvetica")
        for name in _HALO:
            node.attrib.pop(name, "")
    return etree.tostring(root)
