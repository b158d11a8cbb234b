"""The addresses of object-centric maps, and of our whole log as a file."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/objects/", pages.own_page, name="process_objects"),
    path("processes/objects/log.<str:form>", pages.whole_file, name="whole_log"),
    path("imported-log/<int:pk>/objects/", pages.imported_page, name="imported_log_objects"),
]
