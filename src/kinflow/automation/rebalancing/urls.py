"""The addresses of rebalancing."""

from django.urls import path

from . import pages

urlpatterns = [
    path("rebalancing/", pages.rebalancings, name="rebalancings"),
    path("rebalancing/<int:pk>/", pages.rebalancing, name="rebalancing"),
    path("rebalancing/<int:pk>/price/", pages.price, name="price_rebalancing"),
    path("rebalancing/<int:pk>/apply/", pages.apply, name="apply_rebalancing"),
    path("rebalancing/<int:pk>/undo/", pages.undo, name="undo_rebalancing"),
]
