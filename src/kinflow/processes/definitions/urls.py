"""The addresses of the settings of processes."""

from django.urls import path

from . import pages

urlpatterns = [
    path("processes/<slug:key>/settings/", pages.settings_page, name="process_settings"),
    path("processes/<slug:key>/settings/switch/", pages.switch_page, name="switch_process"),
]
