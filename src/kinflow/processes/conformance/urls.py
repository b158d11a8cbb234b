"""The addresses of discovered and reference models."""

from django.urls import path

from kinflow.web.pictures.files import picture_paths

from . import deviation_pages, files, pages

_model, _given = "processes/<slug:key>/model", "processes/<slug:key>/model/<int:pk>"
urlpatterns = [
    path(f"{_model}/", pages.model_tab, name="process_model"),
    path(f"{_model}.bpmn", files.model_file, name="process_model_file"),
    path(f"{_model}.csv", files.model_csv, name="process_model_csv"),
    path(f"{_given}/", deviation_pages.reference_page, name="process_reference"),
    path(f"{_given}/cases/", deviation_pages.deviating_cases, name="process_deviating"),
    path(f"{_given}/file.bpmn", files.reference_file, name="process_reference_file"),
    path(f"{_given}/picture.csv", files.reference_csv, name="process_reference_csv"),
    path(f"{_given}/remove/", deviation_pages.remove_reference, name="process_reference_remove"),
    *picture_paths(_model, files.model_picture, "process_model"),
    *picture_paths(f"{_given}/picture", files.reference_picture, "process_reference"),
]
