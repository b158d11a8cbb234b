"""The addresses of customers, besides those that every kind of record has."""

from django.urls import path

from .duplicates import pages

urlpatterns = [
    path("duplicates/", pages.duplicates, name="duplicates"),
    path("duplicates/<slug:kind>/<int:pk>/apart/", pages.tell_apart, name="tell_apart"),
]
