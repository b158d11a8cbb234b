"""Addresses of segments beside those that every record type has."""

from django.urls import path

from . import pages

urlpatterns = [
    path("segments/new/", pages.new, name="new_segment"),
    path("segments/compare/", pages.compare, name="compare_segments"),
    path("segments/preview/<slug:kind>/", pages.preview, name="preview_segment"),
    path("segments/<int:pk>/progress/", pages.progress, name="segment_progress"),
    path("segments/<int:pk>/edit/", pages.edit, name="edit_segment"),
]
