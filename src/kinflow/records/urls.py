"""The addresses that every kind of record has, and those of search."""

from django.urls import include, path, register_converter

from .faces import by_slug
from .pages import (
    boards,
    bulk,
    dialogs,
    editing,
    exporting,
    lists,
    moving,
    neighbours,
    record_page,
    saving,
    timelines,
)
from .search import pages as search_pages


class Slug:
    """The slug of a record type; any other word is left to the addresses that follow."""

    regex = "[a-z][a-z-]{0,40}"

    def to_python(self, value: str) -> str:
        """The slug, if a record type lives there."""
        if by_slug(value) is None:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """The slug as it is."""
        return value


class Number:
    """A primary key."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as text."""
        return str(value)


register_converter(Slug, "records")
register_converter(Number, "pk")

urlpatterns = [
    path("", include("kinflow.records.log.urls")),
    path("", include("kinflow.records.importing.urls")),
    path("", include("kinflow.records.segments.urls")),
    path("search/", search_pages.search_page, name="search"),
    path("search/pick", search_pages.pick, name="pick"),
    path("conditions/sentence", search_pages.condition_sentence, name="condition_sentence"),
    path("<records:slug>/", lists.list_page, name="list"),
    path("<records:slug>/count/", lists.count_fragment, name="count"),
    path("<records:slug>/filter/", lists.filter_dialog, name="filter"),
    path("<records:slug>/columns/", lists.columns_dialog, name="columns"),
    path("<records:slug>/export.csv", exporting.export_csv, name="export"),
    path("<records:slug>/board/", boards.board_page, name="board"),
    path("<records:slug>/new/", dialogs.create, name="new"),
    path("<records:slug>/bulk/<slug:name>/", bulk.bulk, name="bulk"),
    path("<records:slug>/views/save/", saving.save, name="save_view"),
    path("<records:slug>/views/<pk:pk>/<slug:what>/", saving.change_saved, name="change_view"),
    path("<records:slug>/<pk:pk>/", record_page.record_page, name="record"),
    path("<records:slug>/<pk:pk>/do/<slug:name>/", dialogs.do_verb, name="do"),
    path("<records:slug>/<pk:pk>/edit/<slug:name>/", editing.edit_field, name="edit"),
    path("<records:slug>/<pk:pk>/undo/", editing.undo, name="undo"),
    path("<records:slug>/<pk:pk>/move/", moving.move, name="move"),
    path("<records:slug>/<pk:pk>/note/", record_page.compose, name="note"),
    path("<records:slug>/<pk:pk>/timeline/", timelines.timeline_fragment, name="timeline"),
    path("<records:slug>/<pk:pk>/neighbours/", neighbours.neighbours_fragment, name="neighbours"),
    path("<records:slug>/<pk:pk>/next/", neighbours.go_beside, {"way": "next"}, name="next"),
    path("<records:slug>/<pk:pk>/previous/", neighbours.go_beside, {"way": "previous"}, name="previous"),
]
