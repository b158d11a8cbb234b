"""The addresses of the settings of processes."""

from django.urls import path

from . import making_pages, pages

urlpatterns = [
    path("processes/new/", making_pages.new_page, name="new_process"),
    path("processes/<slug:key>/steps/", making_pages.steps_page, name="process_steps"),
    path("processes/<slug:key>/settings/", pages.settings_page, name="process_settings"),
    path("processes/<slug:key>/settings/switch/", pages.switch_page, name="switch_process"),
]
