"""The addresses of searches for the best moves."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/move-searches/", pages.searches_page, name="move_searches"),
    path("processes/<slug:key>/move-searches/<int:pk>/", pages.search_page, name="move_search"),
    *(
        path(
            f"processes/<slug:key>/move-searches/<int:pk>/{act}/",
            pages.search_act,
            {"act": act},
            name=f"move_search_{act}",
        )
        for act in ("cancel", "resume", "remove")
    ),
    path(
        "processes/<slug:key>/move-searches/<int:pk>/points/<int:place>/",
        pages.open_point,
        name="move_search_point",
    ),
]
