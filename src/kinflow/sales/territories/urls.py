"""The addresses of territories beside those that every record type has."""

from django.urls import path

from . import pages, plan_pages, rule_pages

urlpatterns = [
    path("territories/map/", pages.map_page, name="territory_map"),
    path("territories/plans/", plan_pages.plans, name="territory_plans"),
    path("territories/plans/<int:pk>/", plan_pages.plan_page, name="territory_plan"),
    path("territories/plans/<int:pk>/apply/", plan_pages.apply, name="apply_territory_plan"),
    path("territories/plans/<int:pk>/undo/", plan_pages.undo, name="undo_territory_plan"),
    path("territories/<int:pk>/rule/", rule_pages.rule_page, name="territory_rule"),
]
