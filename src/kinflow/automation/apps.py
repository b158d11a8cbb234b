"""The Django application of kinflow.automation."""

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.automation"
    label = "automation"
    default_auto_field = "django.db.models.BigAutoField"
