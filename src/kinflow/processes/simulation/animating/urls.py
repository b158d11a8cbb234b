"""The addresses of animations."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/simulation/animation/", pages.process_animation, name="animation"),
    path(
        "processes/<slug:key>/what-ifs/<int:pk>/animation/", pages.what_if_animation, name="what_if_animation"
    ),
]
