"""Who asks, and when: all that a condition may depend on beside the record itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True)
class Context:
    """The moment (aware), the zone in which days begin and end, the person who asks, and that person's units.

    Without a person nothing is "me". Which units are "my unit" (with those below it or not) the caller says.
    """

    now: datetime
    zone: tzinfo
    person_id: int | None = None
    unit_ids: Sequence[int] = ()

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now must be aware")

    @property
    def today(self) -> date:
        """The day of asking, in the zone."""
        return self.now.astimezone(self.zone).date()
