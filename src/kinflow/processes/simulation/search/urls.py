"""The addresses of searches for the best moves."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/move-searches/", pages.searches_page, name="move_searches"),
    path("processes/<slug:key>/move-searches/<int:pk>/", pages.search_page, name="move_search"),
    path("processes/<slug:key>/move-searches/<int:pk>/cancel/", pages.cancel, name="move_search_cancel"),
    path("processes/<slug:key>/move-searches/<int:pk>/resume/", pages.resume, name="move_search_resume"),
    path("processes/<slug:key>/move-searches/<int:pk>/remove/", pages.remove, name="move_search_remove"),
    path(
        "processes/<slug:key>/move-searches/<int:pk>/points/<int:place>/",
        pages.open_point,
        name="move_search_point",
    ),
]
