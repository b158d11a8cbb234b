"""The Django application of kinflow.processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.processes"
    label = "processes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access, and take the places in the frame."""
        from . import access  # noqa: F401
        from .places import take_places

        take_places()
