"""The addresses of imported logs, and of logs as files."""

from django.urls import path

from . import pages

urlpatterns = [
    path("imported-log/", pages.logs, name="imported_logs"),
    path("imported-log/<int:pk>/", pages.log_page, name="imported_log"),
    path("imported-log/<int:pk>/how/", pages.change_page, name="imported_log_how"),
    path("imported-log/<int:pk>/choose/", pages.choose, name="imported_log_choose"),
    path("imported-log/<int:pk>/cancel/", pages.cancel, name="imported_log_cancel"),
    path("imported-log/<int:pk>/remove/", pages.remove, name="imported_log_remove"),
    path("processes/<slug:key>/log.<str:form>", pages.export, name="process_log"),
]
