"""The Django application of kinflow.sales."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.sales"
    label = "sales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces."""
        from . import access  # noqa: F401
        from .leads import face  # noqa: F401
