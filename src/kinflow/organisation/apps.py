"""The Django application of kinflow.organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access and faces, and hear the sign-in machinery."""
        from kinflow.conditions.expressions import count_working_days_by

        from . import access as own_access  # noqa: F401
        from .calendars import face as calendars  # noqa: F401
        from .calendars.company import is_company_day
        from .people import face as people  # noqa: F401
        from .people import needing, side  # noqa: F401
        from .places import take_places
        from .positions import face as positions  # noqa: F401
        from .skills import face as skills  # noqa: F401
        from .units import face as units  # noqa: F401
        from .users import access, listening, places  # noqa: F401

        take_places()
        count_working_days_by(is_company_day)
