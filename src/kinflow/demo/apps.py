"""The Django application of kinflow.demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
