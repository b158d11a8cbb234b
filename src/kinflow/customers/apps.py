"""The Django application of kinflow.customers."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces."""
        from . import access  # noqa: F401
        from .accounts import face as accounts  # noqa: F401
        from .activities import face as activities  # noqa: F401
        from .activities import importing as importing_activities  # noqa: F401
        from .contacts import face as contacts  # noqa: F401
        from .contacts import ways  # noqa: F401
        from .duplicates import card, following, places  # noqa: F401
        from .importing import kinds, removing  # noqa: F401
