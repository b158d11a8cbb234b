"""The records the history leaves behind, as plain values in their latest state; keys join them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer company; `place` is its province (CN-ZJ) or country (DE)."""

    key: str
    name: str
    name_en: str
    life_stage: str
    grade: str
    industry: str
    country: str
    province: str
    place: str
    city: str
    address: str
    phone: str
    website: str
    employees: int
    source: str
    owner: str | None = None
    assigned_at: datetime | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person outside; `points` are ways to reach them as (kind, value, is_main)."""

    key: str
    family_name: str
    given_name: str
    title: str
    department: str
    account: str | None
    email: str
    phone: str
    points: tuple[tuple[str, str, bool], ...]
    language: str
    country: str
    province: str
    place: str
    city: str
    source: str
    owner: str | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        """The full name, surname first where it is Chinese."""
        if self.family_name.isascii() or self.country != "CN":
            return f"{self.given_name} {self.family_name}"
        return self.family_name + self.given_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a contact allowed or refused."""

    key: str
    contact: str
    channel: str
    purpose: str
    is_given: bool
    basis: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Somebody's interest; stage is new, contacted, qualified, disqualified or converted."""

    key: str
    contact: str
    account: str | None
    need: str
    product: str | None
    source: str
    source_detail: str
    score: int
    language: str
    country: str
    province: str
    place: str
    industry: str
    created_at: datetime
    stage: str = "new"
    owner: str | None = None
    assigned_at: datetime | None = None
    contacted_at: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    reason: str = ""
    opportunity: str | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A possible sale; `quantity` pieces of `product` less `discount` (0.08 is 8 %) make the amount."""

    key: str
    name: str
    account: str
    contact: str
    product: str
    pipeline: str
    stage: str
    amount: float
    currency: str
    probability: int
    quantity: int
    source: str
    industry: str
    country: str
    province: str
    place: str
    created_at: datetime
    closes_on: date | None = None
    discount: float = 0.0
    outcome: str = "open"
    reason: str = ""
    owner: str | None = None
    assigned_at: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request for service; kind is question, complaint, repair or maintenance."""

    key: str
    subject: str
    description: str
    kind: str
    priority: str
    account: str
    contact: str
    product: str
    channel: str
    language: str
    country: str
    province: str
    place: str
    created_at: datetime
    due_at: datetime
    status: str = "new"
    owner: str | None = None
    assigned_at: datetime | None = None
    answered_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    solution: str = ""
    rating: int | None = None
    rated_at: datetime | None = None
    reopened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The e-mails of one exchange; `message_id` is the first one's."""

    key: str
    subject: str
    message_id: str
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A message that came in; `text` is all of it, `fresh_text` without quotation and signature."""

    key: str
    thread: str
    message_id: str
    in_reply_to: str
    sender_name: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    fresh_text: str
    sent_at: datetime
    language: str
    contact: str | None
    account: str | None
    product: str | None = None
    case: str | None = None
    is_automatic: bool = False
    status: str = "new"
    owner: str | None = None
    assigned_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A piece of contact or work; `topic` is what sort of work it is, `about` the record it serves.

    `kind` is call, visit, meeting, task, quote or approval; status planned, started, done or cancelled.
    """

    key: str
    kind: str
    topic: str
    subject: str
    owner: str
    account: str | None
    contact: str | None
    about: str | None
    created_at: datetime
    status: str = "planned"
    due_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    notes: str = ""


Record = Account | Contact | Consent | Lead | Opportunity | Case | Thread | Email | Activity
