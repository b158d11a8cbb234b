"""The Django application of kinflow.records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare who may keep views, and let the search index follow the log."""
        from .importing import access as importing  # noqa: F401
        from .importing import background, face, keeping, rail  # noqa: F401
        from .log import places  # noqa: F401
        from .places import lay_rail
        from .saved import access  # noqa: F401
        from .search import following  # noqa: F401
        from .segments import starting  # noqa: F401

        lay_rail()
