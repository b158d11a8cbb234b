"""The addresses of redesigns."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/what-ifs/<int:pk>/design/", pages.make_page, name="redesign_make"),
    path("process-design/<int:pk>/redesign/<int:number>/undo/", pages.undo_page, name="redesign_undo"),
]
