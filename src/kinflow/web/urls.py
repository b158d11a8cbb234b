"""The addresses of the shell."""

from django.urls import path

from . import help, parts, preferences

urlpatterns = [
    path("preferences/", preferences.choose, name="preferences"),
    path("help/", help.overview, name="help"),
    path("help/<slug:key>/", help.topic, name="help_topic"),
    path("_components/", parts.parts, name="components"),
]
