"""The addresses of the shell."""

from django.urls import path

from . import parts, preferences

urlpatterns = [
    path("preferences/", preferences.choose, name="preferences"),
    path("_components/", parts.parts, name="components"),
]
