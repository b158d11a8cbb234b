"""The addresses of the shell."""

from django.urls import path

from . import help, parts, preferences
from .pictures import pages as pictures

urlpatterns = [
    path("preferences/", preferences.choose, name="preferences"),
    path("help/", help.overview, name="help"),
    path("help/<slug:key>/", help.topic, name="help_topic"),
    path("pictures/pdf/", pictures.pdf, name="picture_pdf"),
    path("_components/", parts.parts, name="components"),
]
