"""What every story has at hand: loop, ledger, people at their desks, market and troubles."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias, TypeVar

from .company.company import Company
from .company.facts import Product
from .engine.arrivals import GROWTH
from .engine.chance import Streams
from .engine.desks import Desks
from .engine.loop import Loop, Turn
from .engine.worktime import WorkTime
from .ledger import Ledger
from .market.prospects import Market, Prospect
from .roster import Roster
from .troubles import Troubles

T = TypeVar("T")
Steps: TypeAlias = Generator[Turn | int, None, T]
"""A part of a story: what it waits for, and what it comes to."""
HOUR, DAY = 3600, 86400


def nobody_is_spared(_opportunity: str, _discount: float) -> bool:
    """All go the company's way."""
    return False


@dataclass
class Scene:
    """The stage on which all stories play; `office` is the head office's working time.

    `is_spared` says of an opportunity and a wanted discount whether nobody has to be asked for it.
    """

    loop: Loop
    ledger: Ledger
    streams: Streams
    company: Company
    market: Market
    desks: Desks
    roster: Roster
    office: WorkTime
    troubles: Troubles
    first: date
    now: datetime
    growth: float = GROWTH
    """How much busier the last day is than the first."""
    is_spared: Callable[[str, float], bool] = nobody_is_spared
    prospects: dict[str, Prospect] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    by_family: Mapping[str, list[Product]] = field(default_factory=dict)
    _known: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look the market and what is sold up by their keys."""
        self.prospects = {prospect.key: prospect for prospect in self.market.prospects}
        self.products = {product.key: product for product in self.company.products}
        self.by_family = self.company.by_family()

    def add_prospect(self, prospect: Prospect) -> None:
        """A company that the market did not have yet."""
        self.market.prospects.append(prospect)
        self.prospects[prospect.key] = prospect

    @property
    def local(self) -> datetime:
        """The present moment on the head office's clock."""
        return datetime.fromtimestamp(self.loop.now, UTC).replace(tzinfo=None) + timedelta(hours=8)

    def known_accounts(self) -> list[str]:
        """The keys of all accounts, in the order in which they became known."""
        keys = self._known
        if len(keys) != len(self.ledger.accounts):
            keys.extend(list(self.ledger.accounts.by_key)[len(keys) :])
        return keys

    def after(self, days: float) -> int:
        """The moment so many days from now."""
        return self.loop.now + int(days * DAY)

    def daytime(self, at: int) -> int:
        """The moment, or the next morning's, if people in China sleep then."""
        hour = (at // HOUR + 8) % 24
        return at + ((31 - hour) % 24) * HOUR if hour < 7 or hour > 21 else at

    def after_work(self, hours: float) -> int:
        """The moment at which the head office will have worked so many hours more."""
        return self.office.finish(self.office.next_open(self.loop.now), int(hours * HOUR))

    def tell(
        self, kind: str, by: str, subjects: Mapping[str, str], cause: int | None = None, **details: Any
    ) -> int:
        """Tell that something happened now."""
        return self.ledger.tell(kind, by, subjects, details, cause)


def changed(**fields: tuple[Any, Any]) -> dict[str, list[Any]]:
    """Changes of fields as the log keeps them: old and new value."""
    return {name: [before, after] for name, (before, after) in fields.items()}
