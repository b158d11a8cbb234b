"""The addresses of calibrations."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/simulation/", pages.simulation_page, name="simulation"),
    path("processes/<slug:key>/simulation/cancel/", pages.cancel, name="simulation_cancel"),
]
