"""The addresses of rules."""

from django.urls import path

from . import pages, run_pages

urlpatterns = [
    path("rules/", pages.rules, name="rules"),
    path("rules/new/", pages.new_rule, name="new_rule"),
    path("rules/runs/", run_pages.runs, name="all_rule_runs"),
    path("rules/rows/<slug:kind>/", pages.rows, name="rule_rows"),
    path("rules/preview/<slug:kind>/", pages.preview, name="rule_preview"),
    path("rules/runs/<int:pk>/retry/", run_pages.retry, name="retry_rule_run"),
    path("rules/runs/<int:pk>/dismiss/", run_pages.dismiss, name="dismiss_rule_run"),
    path("rules/<int:pk>/", pages.rule_page, name="rule"),
    path("rules/<int:pk>/runs/", run_pages.runs, name="rule_runs"),
    path("rules/<int:pk>/take-back/", run_pages.take_back, name="take_back_rule"),
    path("rules/<int:pk>/switch/", pages.switch, name="switch_rule"),
    path("rules/<int:pk>/restore/<int:number>/", pages.restore, name="restore_rule"),
]
