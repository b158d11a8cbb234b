"""Random models of the executable subset: blocks within blocks, as BPMN files that every engine reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

HEAD = (
    '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">'
)
TIMER = "<timerEventDefinition><timeDuration>PT99H</timeDuration></timerEventDefinition>"
SEVERAL = (
    '<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>{times}</loopCardinality>'
    "</multiInstanceLoopCharacteristics>"
)

AGAIN = (
    '<standardLoopCharacteristics testBefore="{first}"{most}><loopCondition xsi:type="tFormalExpression">again-{name}'
    "</loopCondition></standardLoopCharacteristics>"
)

Block = tuple[Any, ...]


def blocks(depth: int = 3, *, looped: bool = False, repeated: bool = True) -> st.SearchStrategy[Block]:
    """A block: a name, and what is in it; in a loop (`looped`) without gateways that wait for several.

    Nothing is done several times without `repeated`.
    """
    task = st.just(("task",))
    if not depth:
        return task
    inner = st.deferred(lambda: blocks(depth - 1, looped=looped, repeated=repeated))
    joined = [] if looped else ["or", "and"]
    several = st.lists(inner, min_size=2, max_size=3)
    behind = st.deferred(lambda: blocks(depth - 1, looped=looped, repeated=False))
    border = st.lists(
        st.tuples(st.sampled_from(["message", "timer"]), st.booleans(), behind), min_size=1, max_size=2
    )
    times = st.integers(1, 3)
    # beside each other one token each: else it is left open in which of them something happens
    row = st.tuples(st.just("seq"), st.lists(task, min_size=1, max_size=3))
    several_times = [
        st.tuples(
            st.just("several"), st.sampled_from(["true", "false"]), times, st.none(), border | st.just([])
        ),
        st.tuples(st.just("several"), st.just("true"), times, inner, st.just([])),
        st.tuples(st.just("several"), st.just("false"), times, row, st.just([])),
        st.tuples(
            st.just("again"), st.booleans(), st.none() | times, st.none() | inner, border | st.just([])
        ),
    ]
    return st.one_of(
        task,
        st.tuples(st.sampled_from(["xor", "race", "seq", *joined]), several),
        st.tuples(st.just("loop"), st.deferred(lambda: blocks(depth - 1, looped=True, repeated=repeated))),
        st.tuples(st.just("catch"), st.sampled_from(["message", "timer"])),
        st.tuples(st.just("bordered"), border),
        st.tuples(st.just("sub"), inner, border | st.just([])),
        *(several_times if repeated else []),
        st.tuples(st.sampled_from(["failing", "stopping", "ends"]), inner, inner),
        *(st.tuples(st.just(f"crossed {one}"), st.lists(inner, min_size=4, max_size=4)) for one in joined),
    )


def file_of(block: Block, beside: Sequence[Block] = ()) -> bytes:
    """The BPMN file of a process that consists of the block, and of blocks that messages begin beside it."""
    drawing = Drawing()
    body = drawing.scope(block, "p") + "".join(drawing.begun_by_message(one) for one in beside)
    messages = "".join(f'<message id="m_{one}" name="m_{one}"/>' for one in drawing.messages)
    errors = "".join(f'<error id="{one}" name="{one}" errorCode="{one}"/>' for one in drawing.errors)
    process = f'<process id="p" isExecutable="true">{body}</process>'
    return f"{HEAD}{messages}{errors}{process}</definitions>".encode()


@dataclass
class Drawing:
    """What was drawn so far: elements and flows of the scope that is being drawn."""

    last: int = 0
    elements: list[str] = field(default_factory=list)
    flows: list[tuple[str, str]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    deciding: set[str] = field(default_factory=set)
    """The gateways whose flows have conditions."""

    def scope(self, block: Block, prefix: str) -> str:
        """The XML of a start, the block and an end, drawn apart."""
        kept = self.elements, self.flows
        self.elements, self.flows = [], []
        start = self.put("startEvent")
        first, last = self.block(block)
        self.join(start, first)
        self.join(last, self.put("endEvent"))
        xml = self.told()
        self.elements, self.flows = kept
        return xml

    def told(self) -> str:
        """The elements, then the flows; the first flow of a deciding gateway is its default."""
        xml = "".join(self.elements)
        for source in self.deciding:
            default = next((f"{a}-{b}" for a, b in self.flows if a == source), "")
            xml = xml.replace(f'id="{source}"', f'id="{source}" default="{default}"') if default else xml
        for source, target in self.flows:
            flow = f"{source}-{target}"
            asked = source in self.deciding and f'default="{flow}"' not in xml
            condition = f'<conditionExpression xsi:type="tFormalExpression">{flow}</conditionExpression>'
            xml += (
                f"<sequenceFlow id={quoteattr(flow)} sourceRef={quoteattr(source)} targetRef={quoteattr(target)}>"
                f"{condition if asked else ''}</sequenceFlow>"
            )
        return xml

    def put(self, tag: str, inner: str = "", more: str = "", *, decides: bool = False) -> str:
        """A new element."""
        self.last += 1
        key = f"{tag}{self.last}"
        if decides:
            self.deciding.add(key)
        self.elements.append(f'<{tag} id="{key}" name="{key}"{more}>{inner}</{tag}>')
        return key

    def event(self, tag: str, kind: str, more: str = "") -> str:
        """A new event, with a message of its own if it waits for one."""
        if kind == "timer":
            return self.put(tag, TIMER, more)
        key = f"{tag}{self.last + 1}"
        self.messages.append(key)
        return self.put(tag, f'<messageEventDefinition messageRef="m_{key}"/>', more)

    def join(self, source: str, target: str) -> None:
        """A flow."""
        self.flows.append((source, target))

    def block(self, block: Block) -> tuple[str, str]:
        """Draw a block: its first and its last element."""
        kind, *inside = block
        match kind:
            case "task":
                key = self.put("userTask")
                return key, key
            case "catch":
                key = self.event("intermediateCatchEvent", inside[0])
                return key, key
            case "seq":
                drawn = [self.block(one) for one in inside[0]]
                for (_first, last), (first, _last) in zip(drawn, drawn[1:], strict=False):
                    self.join(last, first)
                return drawn[0][0], drawn[-1][1]
            case "xor" | "and" | "or":
                tag = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway"}[kind]
                return self.split(self.put(tag, decides=kind != "and"), self.put(tag), inside[0])
            case "race":
                return self.race(inside[0])
            case "loop":
                return self.loop(inside[0])
            case "bordered":
                return self.bordered(self.put("userTask"), inside[0])
            case "sub":
                return self.bordered(self.put("subProcess", self.scope(inside[0], "")), inside[1])
            case "several":
                sequential, times, one, border = inside
                several = SEVERAL.format(sequential=sequential, times=times)
                body = self.scope(one, "") if one else ""
                key = self.put("subProcess" if one else "userTask", body + several)
                return self.bordered(key, border)
            case "again":
                first, most, one, border = inside
                most = f' loopMaximum="{most}"' if most else ""
                again = AGAIN.format(first=str(first).lower(), most=most, name=self.last)
                # something in it always waits
                body = self.scope(("seq", [("task",), one]), "") if one else ""
                key = self.put("subProcess" if one else "userTask", body + again)
                return self.bordered(key, border if one is None else [])
            case "crossed and" | "crossed or":
                return self.crossed(
                    "parallelGateway" if kind == "crossed and" else "inclusiveGateway", *inside
                )
        return self.ending(kind, *inside)

    def split(self, first: str, last: str, ways: list[Block]) -> tuple[str, str]:
        """A gateway, blocks side by side, and a gateway."""
        for way in ways:
            begin, end = self.block(way)
            self.join(first, begin)
            self.join(end, last)
        return first, last

    def race(self, ways: list[Block]) -> tuple[str, str]:
        """A gateway that waits for the first of several messages."""
        first, last = self.put("eventBasedGateway"), self.put("exclusiveGateway")
        for way in ways:
            event = self.event("intermediateCatchEvent", "message")
            begin, end = self.block(way)
            self.join(first, event)
            self.join(event, begin)
            self.join(end, last)
        return first, last

    def loop(self, body: Block) -> tuple[str, str]:
        """A block that is done again as long as a gateway says so; something in it always waits."""
        first, last = self.put("exclusiveGateway"), self.put("exclusiveGateway", decides=True)
        task, after = self.put("userTask"), self.put("userTask")
        begin, end = self.block(body)
        for source, target in ((first, task), (task, begin), (end, last), (last, after), (last, first)):
            self.join(source, target)
        return first, after

    def bordered(self, activity: str, events: list[tuple[str, bool, Block]]) -> tuple[str, str]:
        """An activity with events on its border: those that interrupt meet its way again, others end."""
        after = self.put("exclusiveGateway")
        self.join(activity, after)
        for kind, interrupts, way in events:
            more = f' attachedToRef="{activity}" cancelActivity="{str(interrupts).lower()}"'
            begin, end = self.block(way)
            self.join(self.event("boundaryEvent", kind, more), begin)
            self.join(end, after if interrupts else self.put("endEvent"))
        return activity, after

    def begun_by_message(self, block: Block) -> str:
        """The XML of an event sub-process that consists of the block, and lets all else go on."""
        kept = self.elements, self.flows
        self.elements, self.flows = [], []
        begins = self.event("startEvent", "message", ' isInterrupting="false"')
        first, last = self.block(block)
        self.join(begins, first)
        self.join(last, self.put("endEvent"))
        xml = self.told()
        self.elements, self.flows = kept
        return f'<subProcess id="w{self.last}" name="w{self.last}" triggeredByEvent="true">{xml}</subProcess>'

    def crossed(self, tag: str, ways: list[Block]) -> tuple[str, str]:
        """Ways that are split twice and joined crosswise, so that no block closes."""
        one, other = self.put(tag, decides="incl" in tag), self.put(tag, decides="incl" in tag)
        inner, outer = self.put(tag), self.put(tag)
        drawn = [self.block(way) for way in ways]
        for source, (begin, end), target in zip(
            (one, one, other, other), drawn, (other, inner, inner, outer), strict=True
        ):
            self.join(source, begin)
            self.join(end, target)
        self.join(inner, outer)
        return one, outer

    def ending(self, kind: str, block: Block, other: Block) -> tuple[str, str]:
        """A sub-process of two parallel blocks, of which the first ends it all, throws an error, or just ends."""
        kept = self.elements, self.flows
        self.elements, self.flows = [], []
        start, split = self.put("startEvent"), self.put("parallelGateway")
        self.join(start, split)
        wrong = f'<errorEventDefinition errorRef="wrong{self.last}"/>'
        if kind == "failing":
            self.errors.append(f"wrong{self.last}")
        inner = {"failing": wrong, "stopping": "<terminateEventDefinition/>", "ends": ""}[kind]
        for one, event in ((block, inner), (other, "")):
            task = self.put("userTask")
            begin, end = self.block(one)
            self.join(split, task)
            self.join(task, begin)
            self.join(end, self.put("endEvent", event))
        xml = self.told()
        self.elements, self.flows = kept
        sub = self.put("subProcess", xml)
        after = self.put("exclusiveGateway")
        self.join(sub, after)
        if kind == "failing":
            caught = self.put("boundaryEvent", wrong, f' attachedToRef="{sub}"')
            task = self.put("userTask")
            self.join(caught, task)
            self.join(task, after)
        return sub, after
