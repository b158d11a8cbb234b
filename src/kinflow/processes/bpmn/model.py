"""A BPMN model as values: what stands in it, what flows between, and where it is drawn."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

TASKS = frozenset(
    {
        "task",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "manualTask",
        "businessRuleTask",
        "scriptTask",
        "callActivity",
    }
)
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SUBPROCESSES
EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS
BESIDE = frozenset({"dataObjectReference", "dataStoreReference", "dataObject", "textAnnotation", "group"})


Names = tuple[tuple[str, str], ...]
"""What a part is called by language, beside its one name; no difference between models."""


@dataclass(frozen=True)
class Foreign:
    """What a file says at a part that we neither read nor run: attributes of other tools, what they put into
    `extensionElements`, documentation; the latter two as XML, each node by itself.

    `where` is "" for the part itself, "drawing" for its shape or line, else the name of a child of it in BPMN.
    """

    where: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    additions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


Additions = tuple[Foreign, ...]
"""What stands at a part by other tools; no difference between models."""


@dataclass(frozen=True)
class Element:
    """A step, an event, a gateway, or something beside the flow; `kind` is its name in BPMN.

    `within` is the process or sub-process that holds it; `event` what an event waits for or tells (message,
    timer …), `code` which error, where it names one; `repeats` how an activity is repeated (loop, parallel, sequential),
    `times` how often (a loop: at most), `until` when that is enough, `again` while what a loop goes on, as the file words
    it, and `asks_first` whether a loop asks that before the first time, too; `script` is shown and never run.
    `for_compensation`: it undoes another; `undoes` is what an event has undone ("" for all), `awaits` whether it waits.
    """

    id: str
    kind: str
    name: str = ""
    within: str = ""
    event: str = ""
    attached_to: str = ""
    interrupts: bool = True
    repeats: str = ""
    times: str = ""
    until: str = ""
    again: str = ""
    asks_first: bool = False
    by_event: bool = False
    script: str = ""
    default: str = ""
    code: str = ""
    for_compensation: bool = False
    undoes: str = ""
    awaits: bool = True
    names: Names = field(default=(), compare=False)
    foreign: Additions = field(default=(), compare=False)


@dataclass(frozen=True)
class Flow:
    """What leads from one element to another; `kind` is its name in BPMN, `condition` is shown and never evaluated."""

    id: str
    source: str
    target: str
    kind: str = "sequenceFlow"
    name: str = ""
    condition: str = ""
    within: str = ""
    names: Names = field(default=(), compare=False)
    foreign: Additions = field(default=(), compare=False)


@dataclass(frozen=True)
class Lane:
    """A lane of a process: who is responsible for its members; a lane within a lane says which."""

    id: str
    process: str
    name: str = ""
    members: tuple[str, ...] = ()
    parent: str = ""
    names: Names = field(default=(), compare=False)
    foreign: Additions = field(default=(), compare=False)


@dataclass(frozen=True)
class Process:
    """One process of a model."""

    id: str
    name: str = ""
    names: Names = field(default=(), compare=False)
    foreign: Additions = field(default=(), compare=False)


@dataclass(frozen=True)
class Participant:
    """A pool: who runs a process; without a process only its border is known."""

    id: str
    name: str = ""
    process: str = ""
    names: Names = field(default=(), compare=False)
    foreign: Additions = field(default=(), compare=False)


@dataclass(frozen=True)
class Box:
    """Where something is drawn, its top left corner first."""

    x: float
    y: float
    width: float
    height: float
    upright: bool = False  # of pools and lanes: drawn from top to bottom
    expanded: bool = True  # of sub-processes: their content is seen

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


Point = tuple[float, float]


@dataclass(frozen=True)
class Note:
    """Something in a file that was not taken as it stands: a code of `words.NOTES`, what it concerns, and how often."""

    code: str
    about: str = ""
    count: int = 1


@dataclass(frozen=True)
class Model:
    """A whole file: processes with their elements, flows and lanes, pools around them, and the drawing."""

    name: str = ""
    processes: tuple[Process, ...] = ()
    participants: tuple[Participant, ...] = ()
    lanes: tuple[Lane, ...] = ()
    elements: tuple[Element, ...] = ()
    flows: tuple[Flow, ...] = ()
    boxes: Mapping[str, Box] = field(default_factory=dict)
    routes: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    exporter: str = field(default="", compare=False)
    notes: tuple[Note, ...] = field(default=(), compare=False)
    foreign: Additions = field(default=(), compare=False)
    spaces: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """What prefixes stood for in the file: what other tools wrote may lean on them."""

    def counts(self) -> dict[str, int]:
        """How many there are of each kind of element and flow, and of processes, pools and lanes."""
        found = Counter(element.kind for element in self.elements)
        found.update(flow.kind for flow in self.flows)
        found["process"] = len(self.processes)
        found["participant"] = len(self.participants)
        found["lane"] = len(self.lanes)
        return {kind: count for kind, count in found.items() if count}

    def element(self, element_id: str) -> Element | None:
        """The element of this id."""
        return next((element for element in self.elements if element.id == element_id), None)

    @property
    def steps(self) -> list[Element]:
        """Its activities."""
        return [element for element in self.elements if element.kind in ACTIVITIES]

    @property
    def is_drawn(self) -> bool:
        """Whether every element of the flow has a place."""
        return all(element.id in self.boxes for element in self.elements if element.kind in FLOW_NODES)
