"""The Django application of kinflow.automation."""

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """Registers the package with Django."""

    name = "kinflow.automation"
    label = "automation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare access, and follow what arrives."""
        from . import access, clock, criteria, eligibility, naming  # noqa: F401
        from .assignments import waiting  # noqa: F401
        from .assignments.arriving import follow_arrivals
        from .my_work.next_step import show_next_steps
        from .notices.following import follow_log
        from .places import take_places
        from .pool import returning  # noqa: F401
        from .pool.access import extend_to_pools
        from .pool.card import show_pool_cards
        from .pool.watching import follow_pools
        from .scorings import events, needing  # noqa: F401

        access.extend_to_work()
        extend_to_pools()
        take_places()
        follow_arrivals()
        follow_log()
        follow_pools()
        show_next_steps()
        show_pool_cards()
