"""The troubles planted in the company; each can be left out, to see what the company would be without it."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """Which troubles there are; docs/demo-company.md tells where each shows and how strong it is."""

    rubber_stamp: bool = True
    """Discounts are asked of the regional head, who never refuses and takes three and a half days."""
    weekend_wait: bool = True
    """Hot leads of Friday afternoon and the weekend lie until Monday, and are lost."""
    long_chain: bool = True
    """Repairs pass hotline, dispatcher, planner and technician where hotline and technician would do."""
    lone_expert: bool = True
    """One engineer alone can size and price magnetic drive pumps."""
    asked_twice: bool = True
    """Service asks for contact and site again that sales entered, and each overwrites the other."""
    ping_pong: bool = True
    """Complaints go to and fro between quality and application engineering."""
    late_credit_check: bool = True
    """Credit is checked after the quote has been negotiated, not before the work."""
    batch_review: bool = True
    """Contracts are reviewed on Tuesdays and Fridays only."""

    @classmethod
    def none(cls) -> "Troubles":
        """A company without any of them."""
        return cls(**dict.fromkeys((part.name for part in fields(cls)), False))

    @classmethod
    def all_but(cls, name: str) -> "Troubles":
        """A company with all of them except one."""
        return cls(**{name: False})
