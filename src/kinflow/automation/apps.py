"""The Django application of kinflow.automation."""

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.automation"
    label = "automation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access, and follow what arrives."""
        from . import access, criteria, eligibility, naming  # noqa: F401
        from .assignments import waiting  # noqa: F401
        from .assignments.arriving import follow_arrivals
        from .my_work.next_step import show_next_steps
        from .notices.following import follow_log
        from .places import take_places
        from .scorings import events, needing  # noqa: F401

        access.extend_to_work()
        take_places()
        follow_arrivals()
        follow_log()
        show_next_steps()
