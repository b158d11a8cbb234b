"""The Django application of kinflow.organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access, and hear the sign-in machinery."""
        from .users import access, listening  # noqa: F401
