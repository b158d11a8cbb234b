"""The addresses of scorings' reports."""

from django.urls import path

from . import pages

urlpatterns = [
    path("scorings/<int:pk>/report/", pages.report, name="scoring_report"),
    path("scorings/<int:pk>/report/items/", pages.items, name="scoring_report_items"),
    path("scorings/<int:pk>/report/items.csv", pages.export, name="scoring_report_export"),
]
