"""The addresses of findings."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/findings/", pages.findings_page, name="findings"),
    path("processes/<slug:key>/findings/<path:finding>/cases.csv", pages.finding_csv, name="finding_csv"),
    path("processes/<slug:key>/findings/<path:finding>/", pages.finding_page, name="finding"),
]
