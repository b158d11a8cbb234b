"""The Django application of kinflow.records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
