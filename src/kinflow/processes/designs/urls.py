"""The addresses of designs."""

from django.urls import path

from . import element_pages, pages

urlpatterns = [
    path("process-design/", pages.designs, name="designs"),
    path("process-design/<int:pk>/", pages.design_page, name="design"),
    path("process-design/<int:pk>/file/", pages.give_file, name="design_file"),
    path("process-design/<int:pk>/operate/", pages.operate, name="design_operate"),
    path("process-design/<int:pk>/off/", pages.take_off, name="design_off"),
    path("process-design/<int:pk>/gone/", pages.remove, name="design_remove"),
    path("process-design/<int:pk>/model.bpmn", pages.bpmn_file, name="design_bpmn"),
    path("process-design/<int:pk>/element/<str:element>/", element_pages.element_page, name="design_element"),
    path(
        "process-design/<int:pk>/element/<str:element>/rows/",
        element_pages.element_rows,
        name="design_element_rows",
    ),
]
