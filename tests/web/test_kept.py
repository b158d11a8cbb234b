"""Parts of the frame are drawn once for all that shows the same, and anew for all that does not."""

import pytest
from django.utils import translation

from kinflow.web import kept


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_kept", type(kept._kept)())


def test_a_part_is_drawn_once_while_it_shows_the_same():
    drawn = []

    def draw() -> str:
        drawn.append("x")
        return f"drawing {len(drawn)}"

    assert [kept.kept("rail", ("leads", True), draw) for _ in range(3)] == ["drawing 1"] * 3
    assert kept.kept("rail", ("leads", False), draw) == "drawing 2"
    assert kept.kept("overlays", ("leads", True), draw) == "drawing 3"
    with translation.override("zh-hans"):
        assert kept.kept("rail", ("leads", True), draw) == "drawing 4"


def test_what_was_not_used_for_long_is_forgotten(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    for shows in ("a", "b", "c"):
        kept.kept("rail", shows, lambda: "old")
    assert kept.kept("rail", "c", lambda: "new") == "old"
    assert kept.kept("rail", "a", lambda: "new") == "new"


@pytest.mark.django_db
def test_the_rail_marks_where_one_is(admin_client):
    leads = admin_client.get("/leads/").content.decode()
    again = admin_client.get("/leads/").content.decode()
    accounts = admin_client.get("/accounts/").content.decode()
    mark = 'aria-current="page">'
    rails = [
        page[page.index('<nav class="rail"') : page.index("</nav>")] for page in (leads, again, accounts)
    ]
    assert rails[0] == rails[1] != rails[2]
    assert all(mark in rail or 'aria-current="true"' in rail for rail in rails)
