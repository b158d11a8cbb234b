"""What the API of processes takes and answers."""

from typing import Any

from ninja import Field, Schema

from kinflow.records.api.shapes import Strict


class ProcessIn(Strict):
    """A process to be added."""

    key: str
    name: str
    name_zh: str = ""
    case_kind: str
    condition: dict[str, Any] = Field(default_factory=dict)
    steps: list[dict[str, Any]]
    phases: list[dict[str, Any]] = Field(default_factory=list)
    begins: list[str] = Field(default_factory=list)
    ends: list[str] = Field(default_factory=list)
    goals: list[dict[str, Any]] = Field(default_factory=list)
    rates: dict[str, Any] = Field(default_factory=dict)
    position: int = 100


class ProcessChanges(Strict):
    """Fields to be changed; `seen` is the version they were read from."""

    changes: dict[str, Any]
    seen: int | None = None


class ProcessOut(Schema):
    """A process."""

    id: int
    key: str
    name: str
    name_zh: str
    case_kind: str
    condition: dict[str, Any]
    steps: list[dict[str, Any]]
    phases: list[dict[str, Any]]
    begins: list[str]
    ends: list[str]
    goals: list[dict[str, Any]]
    rates: dict[str, Any]
    position: int
    is_active: bool
    version: int


class FiguresOut(Schema):
    """Volume, time, cost and trend; see the guide for what each means."""

    cases: int
    open: int
    ended: int
    begun_per_month: float
    ended_per_month: float
    median_seconds: float | None
    p90_seconds: float | None
    trend: float | None
    volume_trend: float | None
    work_seconds_per_case: float | None
    cost_per_case: float | None
    cost_per_month: float | None
    currency: str
    begun_by_month: list[int]
    goals: list[dict[str, Any]]


class PortfolioRow(Schema):
    """A process in use with its figures."""

    id: int
    key: str
    name: str
    name_zh: str
    figures: FiguresOut | None


class ArrowOut(Schema):
    """How often one follows the other, and the time between them."""

    from_: str = Field(alias="from")
    to: str
    count: int
    mean_seconds: float
    median_seconds: float
    p90_seconds: float


class VariantOut(Schema):
    """Steps in an order, and how many cases went that way."""

    steps: list[str]
    cases: int


class GlanceOut(Schema):
    """A process at a glance."""

    key: str
    name: str
    level: str
    time: str
    cases: int
    events: int
    activities: dict[str, int]
    variants: list[VariantOut]
    directly_follows: list[ArrowOut]
    start: dict[str, int]
    end: dict[str, int]
    handovers: list[ArrowOut]
    unit_handovers: list[ArrowOut]
    case_seconds: dict[str, float] | None
    labels: dict[str, str]
    findings: list[dict[str, Any]]


class CaseOut(Schema):
    """One case."""

    case: str
    events: int
    begun_at: str
    ended_at: str
    seconds: float


class CasesOut(Schema):
    """Some cases, and the cursor of those behind them."""

    cases: list[CaseOut]
    next: str | None


class StepOut(Schema):
    """One event of a case; `resource` is null for who may not see what people do."""

    activity: str
    label: str
    begun_at: str
    at: str
    resource: str | None
    unit: str | None


class EventsOut(Schema):
    """One case with all its events and what is known of it."""

    case: str
    attributes: dict[str, str]
    amounts: dict[str, float]
    events: list[StepOut]
