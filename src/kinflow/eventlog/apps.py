"""The Django application of kinflow.eventlog."""

from django.apps import AppConfig


class EventlogConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.eventlog"
    label = "eventlog"
    default_auto_field = "django.db.models.BigAutoField"
