"""The addresses of notices."""

from django.urls import path

from . import pages

urlpatterns = [
    path("notices/", pages.overview, name="notices"),
    path("notices/count/", pages.count, name="notices_count"),
    path("notices/read/", pages.read_all, name="notices_read"),
    path("notices/<int:notice_id>/", pages.opened, name="notice"),
    path("notices/<int:notice_id>/read/", pages.read, name="notice_read"),
]
