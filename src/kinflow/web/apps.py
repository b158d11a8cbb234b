"""The Django application of kinflow.web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
