"""Documents on pages: nothing is lost where a table comes to the end of a page, wherever that is."""

import pymupdf
import pytest

from kinflow.web.pictures.printing import pages_as_pdf

LOOK = (
    "body{font-family:sans-serif;font-size:9pt}p{margin:0 0 4pt}table{width:100%}"
    "td,th{padding:2pt 3pt;border-bottom:1px solid #ccc}"
)


def sheets(body: str) -> list[str]:
    html = f"<html><head><style>{LOOK}</style></head><body>{body}</body></html>"
    return [page.get_text() for page in pymupdf.open("pdf", pages_as_pdf(html, "Rows"))]


def rows(name: str, count: int) -> str:
    return "".join(f"<tr><td>{name}{n}.<br>more</td><td>b</td></tr>" for n in range(count))


@pytest.mark.parametrize("before", range(18, 44, 2))
def test_no_row_is_lost_between_two_pages(before):
    words = "".join(f"<p>x{n}</p>" for n in range(before))
    text = "".join(
        sheets(
            f"{words}<table>{rows('one', 12)}</table><p>mid.</p><table>{rows('two', 9)}</table><p>END.</p>"
        )
    )
    wanted = [*(f"one{n}." for n in range(12)), "mid.", *(f"two{n}." for n in range(9)), "END."]
    assert [text.find(each) for each in wanted] == sorted(text.find(each) for each in wanted)
    assert -1 not in [text.find(each) for each in wanted]


def test_a_table_longer_than_a_page_goes_on_with_its_head():
    found = sheets(f"<table><tr><th>Name</th><th>Value</th></tr>{rows('row', 90)}</table>")
    assert len(found) > 2
    assert all("Name" in page for page in found)
    assert all(f"row{n}." in "".join(found) for n in range(90))


def test_long_text_flows_over_pages():
    found = sheets("".join(f"<p>line{n}.</p>" for n in range(200)))
    assert len(found) > 2
    assert all(f"line{n}." in "".join(found) for n in range(200))


@pytest.mark.parametrize("before", range(18, 60))
def test_a_note_to_a_table_never_stands_on_a_page_alone(before):
    words = "".join(f"<p>x{n}</p>" for n in range(before))
    head = "<tr><th>Name</th><th>Value</th></tr>"
    found = sheets(f"{words}<table>{head}{rows('row', 6)}</table><p>NOTE.</p>")
    (page,) = [each for each in found if "NOTE." in each]
    assert "row5." in page
    assert "Name" in page
    assert all("".join(found).count(f"row{n}.") == 1 for n in range(6))


@pytest.mark.parametrize("before", range(40, 60))
def test_a_heading_stands_on_the_page_of_its_words(before):
    words = "".join(f"<p>x{n}</p>" for n in range(before))
    (page,) = [each for each in sheets(f"{words}<h2>NAMED.</h2><p>next.</p>") if "NAMED." in each]
    assert "next." in page


@pytest.mark.parametrize("before", range(30, 60))
def test_a_picture_stands_on_the_page_of_its_name(before):
    words = "".join(f"<p>x{n}</p>" for n in range(before))
    drawn = '<svg width="300" height="150"><rect width="99" height="99"/></svg>'
    body = f"<html><head><style>{LOOK}</style></head><body>{words}<p><b>NAMED.</b></p>{drawn}</body></html>"
    pages = pymupdf.open("pdf", pages_as_pdf(body, "Picture"))
    assert [bool(page.get_images()) for page in pages] == ["NAMED." in page.get_text() for page in pages]
