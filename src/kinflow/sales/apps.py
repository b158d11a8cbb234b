"""The Django application of kinflow.sales."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.sales"
    label = "sales"
    default_auto_field = "django.db.models.BigAutoField"
