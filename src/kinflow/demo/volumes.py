"""How much of everything there is."""

from dataclasses import dataclass
from datetime import date, timedelta

from .engine.arrivals import GROWTH, day_weights

YEARS_DAYS = 730
WEEKEND = 0.3
"""How busy a free day is beside a working day, over all that comes in."""


@dataclass(frozen=True, kw_only=True)
class Volumes:
    """Numbers for the whole period; `known` of the accounts were there before it began.

    `accounts` and `contacts` are all that become known, the latter with the `strangers` who have no company.
    """

    accounts: int
    contacts: int
    known: int
    strangers: int
    returning: int
    """Leads from companies we know."""
    cases: int
    parts: int
    needless_mails: int
    acquaintances: int = 0
    """People at companies we know who become known."""

    @classmethod
    def of(cls, days: int) -> "Volumes":
        """What is usual for so many days; the known part does not depend on them."""
        share = days / YEARS_DAYS
        fresh = round(2260 * share)
        return cls(
            accounts=1750 + fresh,
            contacts=1750 + round(6800 * max(share, 0.4)) + round(880 * share) if share < 1 else 9550,
            known=1750,
            strangers=round(880 * share),
            returning=round(2300 * share),
            cases=round(3700 * share),
            parts=round(1400 * share),
            needless_mails=round(500 * share),
        )

    @classmethod
    def going_on(cls, first: date, days: int) -> "Volumes":
        """What comes in so many days to a company after its first two years, by their season; all are new."""
        years = sum(day_weights(first - timedelta(days=YEARS_DAYS), YEARS_DAYS, "CN", WEEKEND))
        here = sum(day_weights(first, days, "CN", WEEKEND, 0)) * (1 + GROWTH)
        share = here / years
        fresh, strangers = round(2260 * share), round(880 * share)
        return cls(
            accounts=fresh,
            contacts=round(2.16 * fresh) + strangers,
            known=0,
            strangers=strangers,
            returning=round(2300 * share),
            cases=round(3700 * share),
            parts=round(1400 * share),
            needless_mails=round(500 * share),
            acquaintances=round(1350 * share),
        )
