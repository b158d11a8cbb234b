"""The Django application of kinflow.conditions."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.conditions"
    label = "conditions"
    default_auto_field = "django.db.models.BigAutoField"
