"""The addresses of instances; their list is that of every kind of record."""

from django.urls import path

from . import pages

urlpatterns = [
    path("process-instance/<int:pk>/", pages.instance_page, name="process_instance"),
    path("process-instance/<int:pk>/timeline/", pages.timeline_page, name="process_instance_timeline"),
    path("process-instance/start/<slug:kind>/<int:pk>/", pages.start, name="process_start"),
    path(
        "process-instance/<int:pk>/correct/<slug:verb>/", pages.correct_page, name="process_instance_correct"
    ),
]
