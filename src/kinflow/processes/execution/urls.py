"""The addresses of instances; their list is that of every kind of record."""

from django.urls import path

from . import pages

urlpatterns = [
    path("process-instance/<int:pk>/", pages.instance_page, name="process_instance"),
    path("process-instance/<int:pk>/correct/<slug:verb>/", pages.correct, name="process_instance_correct"),
]
