"""The addresses of what-ifs."""

from django.urls import path

from . import choosing_pages, pages
from .organising.pages import structure_page

urlpatterns = [
    path("processes/<slug:key>/what-ifs/", pages.what_ifs_page, name="what_ifs"),
    path("processes/<slug:key>/what-ifs/new/", choosing_pages.choose_page, name="what_if_new"),
    path("processes/<slug:key>/what-ifs/try/<path:finding>/", choosing_pages.try_finding, name="what_if_try"),
    path("processes/<slug:key>/what-ifs/<int:pk>/", pages.what_if_page, name="what_if"),
    path("processes/<slug:key>/what-ifs/<int:pk>/structure/", structure_page, name="what_if_structure"),
    path(
        "processes/<slug:key>/what-ifs/<int:pk>/satisfaction-model/",
        pages.keep_model,
        name="what_if_satisfaction",
    ),
    path(
        "processes/<slug:key>/what-ifs/<int:pk>/satisfaction-model/stated/",
        pages.keep_model,
        {"back": True},
        name="what_if_stated_satisfaction",
    ),
    path("processes/<slug:key>/what-ifs/<int:pk>/cancel/", pages.cancel, name="what_if_cancel"),
    path("processes/<slug:key>/what-ifs/<int:pk>/remove/", pages.remove, name="what_if_remove"),
]
