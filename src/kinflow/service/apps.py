"""The Django application of kinflow.service."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.service"
    label = "service"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces, and follow the log."""
        from . import access, erasure  # noqa: F401
        from .cases import face, importing  # noqa: F401
