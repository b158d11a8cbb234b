"""The Django application of kinflow.customers."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"
