"""A rule that fires far more often than usual is switched off, and its owner is told."""

from datetime import datetime, timedelta

from django.db.models import Max

from .models import Rule, RuleHour

USUAL_DAYS, TIMES, FLOOR, FIRST_DAYS = 28, 10, 200, 1_000
"""Ten times the busiest hour of four weeks, at least 200; a rule without such a past may fire 1,000 times."""


def limit_of(rule: Rule, now: datetime) -> int:
    """How often the rule may fire in an hour: what its owner set, or what is far more than usual."""
    if rule.hourly_limit is not None:
        return rule.hourly_limit
    past = RuleHour.objects.filter(
        rule=rule, hour__gte=now - timedelta(days=USUAL_DAYS), hour__lt=hour_of(now)
    ).aggregate(most=Max("count"))["most"]
    return FIRST_DAYS if past is None else max(FLOOR, TIMES * past)


def hour_of(now: datetime) -> datetime:
    """The hour that a moment is counted in."""
    return now.replace(minute=0, second=0, microsecond=0)
