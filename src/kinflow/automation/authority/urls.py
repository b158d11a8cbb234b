"""The addresses of policies and values."""

from django.urls import path

from . import pages

urlpatterns = [
    path("policies/", pages.policies, name="policies"),
    path("policies/new/", pages.new_policy, name="new_policy"),
    path("policies/values/new/", pages.new_value, name="new_value"),
    path("policies/values/<int:pk>/remove/", pages.remove_value, name="remove_value"),
    path("policies/<int:pk>/", pages.policy_page, name="policy"),
    path("approvals/<int:pk>/withdraw/", pages.withdraw, name="withdraw_question"),
    path("policies/<int:pk>/switch/", pages.switch, name="switch_policy"),
]
