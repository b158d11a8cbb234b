"""The addresses of the log."""

from django.urls import path

from . import pages

urlpatterns = [
    path("log/", pages.browser, name="log"),
    path("log/new/", pages.news, name="log_news"),
    path("log/export.csv", pages.export, name="log_export"),
    path("log/<pk:pk>/", pages.entry_page, name="log_entry"),
]
