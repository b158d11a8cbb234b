"""The addresses of offers."""

from django.urls import path

from . import pages

urlpatterns = [
    path("offers/<int:pk>/", pages.offer, name="offer"),
    path("offers/<int:pk>/accept/", pages.accept, name="accept_offer"),
    path("offers/<int:pk>/decline/", pages.decline, name="decline_offer"),
]
