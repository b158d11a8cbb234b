"""What the API of the organisation as it is answers with."""

from typing import Literal

from ninja import Field, Schema


class UnitOut(Schema):
    """A unit on paper; `parent` and `lead` are ids."""

    id: int
    name: str
    kind: str
    parent: int | None
    lead: int | None
    people: int
    people_with_all_below: int


class BranchOut(Schema):
    """A unit with all below it."""

    unit: int
    people: int
    managers: int
    layers: int
    mean_span: float | None
    most_span: int


class ManagerOut(Schema):
    """Somebody to whom others report directly."""

    person: int
    reports: int


class ChartOut(Schema):
    """The organisation on paper."""

    units: list[UnitOut]
    layers: int
    branches: list[BranchOut]
    managers: list[ManagerOut]


class GroupOut(Schema):
    """A column of the function table; `key` is a unit's id as text, or the name of a position."""

    key: str
    name: str
    above: str


class CellOut(Schema):
    """How often a group does a function, decides in it, is asked, is told."""

    group: str
    does: int
    decides: int
    asked: int
    told: int


class FunctionOut(Schema):
    """A function: a step or phase of a process."""

    process: str
    process_key: str
    key: str
    label: str
    times: int
    by_nobody: int
    is_decision: bool
    cells: list[CellOut]


class FunctionsOut(Schema):
    """The function table."""

    rows: Literal["unit", "position"]
    groups: list[GroupOut]
    functions: list[FunctionOut]


class WayOut(Schema):
    """A share of all hand-overs, what it would be by chance, and whether the difference is more than chance."""

    key: str
    share: float
    expected: float
    is_real: bool


class TieOut(Schema):
    """Hand-overs from one unit or person (ids) to another; `meets` is the lowest unit that both belong to."""

    from_: int = Field(alias="from")
    to: int
    times: int
    cases: int
    expected: float
    has_line: bool
    is_remarkable: bool
    meets: int | None


class InsideOut(Schema):
    """Hand-overs among a unit's own people."""

    unit: int
    people: int
    inside: int
    expected: float
    touching: int
    is_little: bool


class LikenessOut(Schema):
    """How alike communities and a level of the chart are: adjusted Rand index, its p, the level's modularity."""

    parts: int
    rand: float
    p: float
    modularity: float


class MembersOut(Schema):
    """How many people of a unit belong to a community."""

    unit: int
    people: int


class CommunitiesOut(Schema):
    """Communities among those who hand over to each other."""

    modularity: float
    by_chance: float
    is_real: bool
    units: LikenessOut
    divisions: LikenessOut
    members: list[list[MembersOut]]


class NetworkOut(Schema):
    """Paper against log."""

    handovers: int
    ways: list[WayOut]
    ties: list[TieOut] = Field(description="Between units, the strongest first, at most 500.")
    people_ties: list[TieOut] | None = Field(description="Between people, for who may see them.")
    units: list[InsideOut]
    communities: CommunitiesOut


class DecisionOut(Schema):
    """A step that decides; times by layer, by lines to who asked (3: three or more), by unit (its id)."""

    process: str
    process_key: str
    key: str
    label: str
    kind: Literal["check", "end"]
    times: int
    by_layer: dict[int, int]
    by_distance: dict[int, int]
    by_unit: dict[int, int]
    refused: float | None
    wait_seconds: float | None


class DecisionsOut(Schema):
    """Where decisions are made; layers of fewer than three people only for who may see single people."""

    people_by_layer: dict[int, int]
    decisions: list[DecisionOut]
