"""The addresses of decision tables."""

from django.urls import path

from . import pages

urlpatterns = [
    path("decisions/", pages.decisions, name="decisions"),
    path("decisions/new/", pages.new_decision, name="new_decision"),
    path("decisions/import/", pages.import_dmn, name="import_decision"),
    path("decisions/<int:pk>/", pages.decision, name="decision"),
    path("decisions/<int:pk>/live/", pages.put_live, name="put_decision_live"),
    path("decisions/<int:pk>/off/", pages.take_off, name="take_decision_off"),
    path("decisions/<int:pk>/remove/", pages.remove, name="remove_decision"),
    path("decisions/<int:pk>/try/", pages.trial, name="try_decision"),
    path("decisions/<int:pk>/dmn/", pages.dmn, name="decision_dmn"),
]
