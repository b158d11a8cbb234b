"""Territories as conditions ask about them: of every account its territory, and whether none or several claim it."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Field, Kind
from kinflow.customers.models import Account
from kinflow.organisation.models import Territory

from .models import AccountTerritory

TERRITORY, CLAIMED, STATE = "territory", "claimed_by", "territory_state"
NONE, SEVERAL, UNDECIDED = "none", "several", "undecided"
CLAIMS = (
    (NONE, _("No territory claims it")),
    (SEVERAL, _("Several territories claim it")),
    (UNDECIDED, _("Several claim it, and nothing decides")),
)
_KEEPS_SECONDS = 1.0


class _Choices(Sequence[tuple[Any, Any]]):
    """The territories with their names, read again every second."""

    rows: Sequence[tuple[Any, Any]] = ()
    read_at = 0.0

    def _now(self) -> Sequence[tuple[Any, Any]]:
        now = time.monotonic()
        if not self.read_at or now - self.read_at > _KEEPS_SECONDS:
            self.rows = list(Territory.objects.order_by("name").values_list("pk", "name")) or [("", "")]
            self.read_at = now
        return self.rows

    def forget(self) -> None:
        """Have them read again."""
        self.read_at = 0.0

    def __len__(self) -> int:
        return len(self._now())

    def __getitem__(self, at: Any) -> Any:
        return self._now()[at]

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self._now())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Choices)

    def __hash__(self) -> int:
        return hash(_Choices)


class _KeptTerritory:
    """Which territory has each account; or which ones claim it, be it the first of them or not."""

    def __init__(self, *, first: bool) -> None:
        self.which = {"is_first": True} if first else {}

    def ids_in(self, values: Collection[Any] | None) -> QuerySet[Any]:
        """The accounts of one of the territories (None: of any)."""
        rows = AccountTerritory.objects.filter(**self.which)
        if values is not None:
            rows = rows.filter(territory_id__in=list(values))
        return rows.values("account_id")

    def of(self, pk: int) -> Collection[int]:
        """The territory of one account, if any; or all that claim it."""
        rows = AccountTerritory.objects.filter(account_id=pk, **self.which)
        return list(rows.values_list("territory_id", flat=True))


class _KeptState:
    """Whether none, several, or several of the same strength claim each account."""

    def ids_in(self, values: Collection[Any] | None) -> QuerySet[Any]:
        """The accounts in one of the states (None: in any)."""
        wanted = {NONE, SEVERAL} if values is None else set(values)
        claims = AccountTerritory.objects.filter(account_id=OuterRef("pk"))
        asked = Q(pk__in=())
        if NONE in wanted:
            asked |= ~Q(Exists(claims))
        if SEVERAL in wanted:
            asked |= Q(Exists(claims.filter(is_first=False)))
        if UNDECIDED in wanted:
            asked |= Q(Exists(claims.filter(is_tied=True)))
        return Account.objects.order_by().filter(asked).values("pk")

    def of(self, pk: int) -> Collection[str]:
        """The states of one account."""
        rows = list(AccountTerritory.objects.filter(account_id=pk).values_list("is_tied", flat=True))
        found = [NONE] if not rows else [SEVERAL] if len(rows) > 1 else []
        return [*found, UNDECIDED] if any(rows) else found


territories = _Choices()
_FIELDS = (
    (TERRITORY, _("Territory"), territories, _KeptTerritory(first=True)),
    (CLAIMED, _("Claimed by territories"), territories, _KeptTerritory(first=False)),
    (STATE, _("Claims of territories"), CLAIMS, _KeptState()),
)


def _maker(
    name: str, label: Any, choices: Sequence[tuple[Any, Any]], kept: Any
) -> Callable[[str], Field | None]:
    made = Field(name, Kind.CHOICE_LIST, label, name, choices=choices, kept=kept)
    return lambda kind: made if kind == "account" else None


MAKERS = [_maker(*given) for given in _FIELDS]
"""What makes these fields of accounts."""
