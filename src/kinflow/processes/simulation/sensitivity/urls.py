"""The addresses of sensitivities."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/sensitivity/", pages.sensitivities_page, name="sensitivities"),
    path("processes/<slug:key>/sensitivity/<int:pk>/", pages.sensitivity_page, name="sensitivity"),
    path("processes/<slug:key>/sensitivity/<int:pk>/cancel/", pages.cancel, name="sensitivity_cancel"),
]
