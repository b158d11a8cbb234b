"""The Django application of kinflow.processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.processes"
    label = "processes"
    default_auto_field = "django.db.models.BigAutoField"
