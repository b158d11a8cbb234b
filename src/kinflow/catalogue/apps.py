"""The Django application of kinflow.catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces."""
        from . import access  # noqa: F401
        from .products import face, importing, needing  # noqa: F401
