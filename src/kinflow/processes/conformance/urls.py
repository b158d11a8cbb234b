"""The addresses of discovered and reference models."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/model/", pages.model_tab, name="process_model"),
    path("processes/<slug:key>/model.bpmn", pages.model_file, name="process_model_file"),
    path("processes/<slug:key>/model/<int:pk>/", pages.reference_page, name="process_reference"),
    path("processes/<slug:key>/model/<int:pk>/cases/", pages.deviating_cases, name="process_deviating"),
    path(
        "processes/<slug:key>/model/<int:pk>/file.bpmn", pages.reference_file, name="process_reference_file"
    ),
    path(
        "processes/<slug:key>/model/<int:pk>/remove/", pages.remove_reference, name="process_reference_remove"
    ),
]
