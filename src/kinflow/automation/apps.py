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
        from .approvals import access as approvals_access  # noqa: F401
        from .approvals import following as approvals_followed  # noqa: F401
        from .approvals.showing import show_approval_cards
        from .assignments import telling as left_over_told  # noqa: F401
        from .assignments import waiting
        from .assignments.arriving import follow_arrivals
        from .assignments.looks import follow_looks
        from .authority import access as authority_access  # noqa: F401
        from .authority import actions as authority_acts  # noqa: F401
        from .authority import following as authority_followed  # noqa: F401
        from .authority import naming as authority_named  # noqa: F401
        from .authority import needing as authority_needs  # noqa: F401
        from .authority import settling as authority_settled  # noqa: F401
        from .authority.deciding import rule_matters
        from .decisions import access as decisions_access  # noqa: F401
        from .decisions import events as decisions_told  # noqa: F401
        from .decisions import naming as decisions_named  # noqa: F401
        from .messages.starting import start_messages
        from .my_work.next_step import show_next_steps
        from .notices.following import follow_log
        from .offers import telling as offers_told  # noqa: F401
        from .offers.access import extend_to_offers
        from .offers.following import follow_offers
        from .offers.showing import show_offer_cards
        from .places import take_places
        from .pool import returning  # noqa: F401
        from .pool import telling as pool_told  # noqa: F401
        from .pool.access import extend_to_pools
        from .pool.card import show_pool_cards
        from .pool.watching import follow_pools
        from .rebalancing.naming import take_place as take_rebalancing_place
        from .replay import access as replay_access  # noqa: F401
        from .replay import naming as replays_named  # noqa: F401
        from .replay import proposing as weights_proposed  # noqa: F401
        from .replay import running as replays_run  # noqa: F401
        from .rules.starting import start_rules
        from .said import tell_kept
        from .scoring_reports.following import follow_scorings
        from .scorings import events, needing  # noqa: F401

        tell_kept()
        access.extend_to_work()
        extend_to_pools()
        extend_to_offers()
        take_places()
        take_rebalancing_place()
        follow_arrivals()
        follow_looks()
        follow_log()
        follow_pools()
        follow_scorings()
        follow_offers(waiting.FREES)
        show_next_steps()
        show_pool_cards()
        show_offer_cards()
        show_approval_cards()
        rule_matters()
        start_rules()
        start_messages()
