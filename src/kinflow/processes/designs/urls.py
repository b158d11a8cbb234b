"""The addresses of designs."""

from django.urls import path

from . import difference_pages, editing_pages, element_pages, pages
from .principles.pages import principles_page

urlpatterns = [
    path("process-design/", pages.designs, name="designs"),
    path("process-design/<int:pk>/", pages.design_page, name="design"),
    path("process-design/<int:pk>/edit/", editing_pages.edit_page, name="design_edit"),
    path("process-design/<int:pk>/edit/model.txt", editing_pages.drawing_file, name="design_drawing"),
    path(
        "process-design/<int:pk>/differences/", difference_pages.differences_page, name="design_differences"
    ),
    path("process-design/<int:pk>/principles/", principles_page, name="design_principles"),
    path("process-design/<int:pk>/check/", editing_pages.check_page, name="design_check"),
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
