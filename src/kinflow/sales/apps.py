"""The Django application of kinflow.sales."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.sales"
    label = "sales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces, and follow the log."""
        from . import access, erasure  # noqa: F401
        from .leads import face as leads  # noqa: F401
        from .leads import importing  # noqa: F401
        from .opportunities import face as opportunities  # noqa: F401
        from .opportunities import importing as importing_opportunities  # noqa: F401
        from .pipelines import face as pipelines  # noqa: F401
        from .territories import starting  # noqa: F401
