"""The ledger: every record in its latest state, and every happening in order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from .engine.loop import Loop
from .happenings import KINDS, Happening
from .records import Account, Activity, Case, Consent, Contact, Email, Lead, Opportunity, Record, Thread

R = TypeVar("R", bound=Record)
NOTHING: Mapping[str, Any] = {}


class Shelf(Generic[R]):
    """The records of one kind by key, in the order in which they came."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.by_key: dict[str, R] = {}
        self._touched: dict[str, None] = {}

    def next_key(self) -> str:
        """The key of the record that comes next."""
        return f"{self.kind}-{len(self.by_key) + 1:05}"

    def add(self, record: R) -> R:
        """Put a new record on the shelf."""
        self.by_key[record.key] = record
        self._touched[record.key] = None
        return record

    def add_known(self, record: R) -> R:
        """Put a record on the shelf that is known and written already."""
        self.by_key[record.key] = record
        return record

    def change(self, key: str, **fields: Any) -> R:
        """Put a changed copy in the record's place."""
        changed = replace(self.by_key[key], **fields)
        self.by_key[key] = changed
        self._touched[key] = None
        return changed

    def take_touched(self) -> list[R]:
        """The records that came or changed since the last time, in the order in which they first did."""
        touched, self._touched = self._touched, {}
        return [self.by_key[key] for key in touched]

    def __getitem__(self, key: str) -> R:
        return self.by_key[key]

    def __contains__(self, key: str) -> bool:
        return key in self.by_key

    def __len__(self) -> int:
        return len(self.by_key)

    def __iter__(self) -> Iterator[R]:
        return iter(self.by_key.values())


class Ledger:
    """All records, and the happenings told but not yet collected."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.accounts: Shelf[Account] = Shelf("account")
        self.contacts: Shelf[Contact] = Shelf("contact")
        self.consents: Shelf[Consent] = Shelf("consent")
        self.leads: Shelf[Lead] = Shelf("lead")
        self.opportunities: Shelf[Opportunity] = Shelf("opportunity")
        self.cases: Shelf[Case] = Shelf("case")
        self.threads: Shelf[Thread] = Shelf("thread")
        self.emails: Shelf[Email] = Shelf("email")
        self.activities: Shelf[Activity] = Shelf("activity")
        self._told: list[Happening] = []
        self._count = 0

    @property
    def now(self) -> datetime:
        """The present moment of the story."""
        return datetime.fromtimestamp(self.loop.now, UTC)

    def tell(
        self,
        kind: str,
        by: str,
        subjects: Mapping[str, str],
        details: Mapping[str, Any] = NOTHING,
        cause: int | None = None,
    ) -> int:
        """Tell that something happened now; returns its number, to be the cause of others."""
        assert kind in KINDS, kind
        number = self._count
        self._count += 1
        self._told.append(Happening(number, self.now, kind, by, subjects, details, cause))
        return number

    def collect(self) -> list[Happening]:
        """The happenings told since the last time."""
        told, self._told = self._told, []
        return told
