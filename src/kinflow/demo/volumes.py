"""How much of everything there is."""

from dataclasses import dataclass

YEARS_DAYS = 730


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
