"""The addresses of a deployment's benefit."""

from django.urls import path

from . import pages

HERE = "process-design/<int:pk>/live/<int:deployment>/benefit"
urlpatterns = [
    path(f"{HERE}/", pages.benefit_page, name="design_benefit"),
    path(f"{HERE}.pdf", pages.benefit_pdf, name="design_benefit_pdf"),
    path(f"{HERE}.csv", pages.benefit_csv, name="design_benefit_csv"),
]
