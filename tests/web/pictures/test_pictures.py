"""Pictures become files that other programs open, and hold nothing but shapes and words."""

import math
import re
from pathlib import Path

import pymupdf
import pytest
from lxml import etree

import kinflow.web
from kinflow.kit.problem import Invalid
from kinflow.web.pictures import printing
from kinflow.web.pictures.files import file_name, picture_file
from kinflow.web.pictures.paper import PAPER
from kinflow.web.pictures.standing import standing

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 300 120"><a href="/cases/"><rect x="10" y="10"'
    ' width="120" height="50" fill="var(--accent-soft)" style="stroke: var(--accent)"/>'
    '<text x="60" y="40" fill="var(--ink)" paint-order="stroke" stroke="white">折扣审批 Discount</text></a></svg>'
)
HOSTILE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="a()">'
    '<script>a()</script><style>@import "//evil"</style><image x:href="file:///etc/passwd"/><use x:href="//evil#a"/>'
    '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">b</b></foreignObject>'
    '<a x:href="javascript:a()"><path d="M0 0" onclick="a()" fill="url(//evil)" style="fill: url(//evil)"/></a></svg>'
)


def test_a_pdf_holds_lines_and_words_in_both_scripts() -> None:
    answer = picture_file(DRAWING, "pdf", "审批", title="业务流程图 Business process", note="2026")
    assert answer.content.startswith(b"%PDF-")
    pages = pymupdf.open("pdf", answer.content)
    assert pages.metadata["title"] == "业务流程图 Business process"
    page = pages[0]
    words = page.get_text()
    assert "业务流程图 Business process" in words.replace("\n", " ")
    assert "折扣审批 Discount" in words.replace("\n", " ")
    assert page.get_drawings()
    assert not page.get_images()


def test_a_png_is_twice_as_large_as_the_drawing() -> None:
    answer = picture_file(DRAWING, "png", "x")
    picture = pymupdf.Pixmap(answer.content)
    assert (picture.width, picture.height) == (600, 240)
    assert len(set(picture.samples)) > 10


def test_an_svg_file_says_its_colours_itself() -> None:
    text = picture_file(DRAWING, "svg", "x").content.decode()
    root = etree.fromstring(text)
    assert root.get("viewBox") == "-10 -10 300 120"
    assert "var(" not in text
    assert PAPER["accent-soft"] in text
    assert "href" not in text


def test_nothing_that_runs_or_is_fetched_comes_through() -> None:
    text = standing(HOSTILE).text()
    assert not re.search(r"script|evil|passwd|onclick|onload|import|<b|style", text)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg/>",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='NaN'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='9'/>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&a;</svg>',
    ],
)
def test_what_is_no_picture_is_refused(svg: str) -> None:
    with pytest.raises(Invalid):
        standing(svg)


def test_a_huge_picture_becomes_a_png_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_PIXELS", 10_000)
    picture = pymupdf.Pixmap(picture_file(DRAWING, "png", "x").content)
    assert 9_000 < picture.width * picture.height < 11_000


def test_names_of_files_are_safe_on_every_system() -> None:
    assert file_name('../a\\b:"c"\n*折扣?', "pdf") == "a b c 折扣.pdf"
    assert file_name("…/..", "svg") == "….svg"
    assert file_name("///", "png") == "kinflow.png"
    answer = picture_file(DRAWING, "svg", "销售 2026")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E9%94%80")


def test_the_colours_on_paper_are_the_light_ones_of_the_design() -> None:
    tokens = Path(kinflow.web.__file__).parent / "assets" / "tokens.css"
    told = re.findall(
        r"--([\w-]+): light-dark\(oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", tokens.read_text("utf-8")
    )
    known = {name: _hex(float(light), float(chroma), float(hue)) for name, light, chroma, hue in told}
    assert known == PAPER


def _hex(light: float, chroma: float, hue: float) -> str:
    """A colour given in OKLCH as sRGB (Björn Ottosson, "A perceptual color space for image processing", 2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    bent = (12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055 for x in linear)
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, x))):02x}" for x in bent)
