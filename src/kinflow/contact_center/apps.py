"""The Django application of kinflow.contact_center."""

from django.apps import AppConfig


class ContactCenterConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.contact_center"
    label = "contact_center"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces, and follow the log."""
        from . import access, erasure  # noqa: F401
        from .emails import face  # noqa: F401
