"""An instance in memory: its tokens with what is kept of each, and what they wait for."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.copying import Mentioned
from kinflow.eventlog.models import Entry
from kinflow.organisation.people.models import Person
from kinflow.records.faces import registry

from ..designs.bindings import Binding
from ..designs.kept import kept, plan_for
from ..designs.plans import Node
from ..designs.repeating import Repeated
from .around import Around
from .marking import WAITING, Marking, Token
from .models import MOVING, ProcessInstance
from .waits import RETRY, TIMER, key_of, waits_of

STANDS = ("node", "state", "flow", "scope", "times", "done")
KEPT = ("since", "activity_id", "attempts", "happened", "fault", "remedy")
TOKEN, WAIT = ("instance_id", "number"), ("instance_id", "token", "node")
"""By what their rows are found."""
TOKEN_VALUES = (*STANDS, *KEPT)
PLAIN = (None, 0, "", "", "")
"""What is kept, besides since when, of a token without a task that never failed."""
Flat = dict[int, tuple[Any, ...]]
"""Tokens as they are stored: by number the values of `STANDS` and `KEPT`."""
Waits = dict[tuple[int, str], tuple[str, str]]
"""What is waited for: by token and node the kind of wait and its event."""
_stands, _kept = attrgetter(*STANDS), attrgetter(*KEPT)
_STANDS, LABEL = len(STANDS), ProcessInstance._meta.label


@dataclass(slots=True)
class Row:
    """What is kept of a token beside where it stands; see `ProcessToken`."""

    since: datetime
    activity_id: int | None = None
    attempts: int = 0
    happened: str = ""
    fault: str = ""
    remedy: str = ""


class Held:
    """One instance, locked by its caller; all of it is in memory until `Batch.write`.

    Tokens are `flat`, as they are stored, until one is moved by itself: then there are a marking and rows of them.
    `waits` holds by token and node the kind of wait and its event, `moments` what the clock is to be told, by handler and
    key (None: not any more). `by` and `entry` are who lets it go on now, and because of what.
    """

    def __init__(self, instance: ProcessInstance, around: Around) -> None:
        self.instance, self.around = instance, around
        self.pk: int = instance.id
        """The instance's id: to ask a model for its `pk` takes ten times as long."""
        self.about = (instance.about_kind, instance.about_id)
        self.by, self.entry = SYSTEM, None
        self.plan = plan_for(instance.design_id, instance.number)
        self.flat: Flat | None = {}
        self.last: int = instance.last_token
        self._marking, self._rows = None, {}
        self.waits: Waits = {}
        self.moments: dict[tuple[str, str], tuple[datetime, Mapping[str, Any]] | None] = {}
        self.calls: dict[int, int] = {}
        """By token the designs to call, once the tokens stand."""
        self.calls_left: list[int] = []
        """The tokens whose calls are not waited for any more."""

    by: Actor
    entry: Entry | None
    _marking: Marking | None
    _rows: dict[int, Row]

    @property
    def marking(self) -> Marking:
        """Where the tokens stand, to move them one by one."""
        if self._marking is None:
            self._unfold()
        return cast(Marking, self._marking)

    @property
    def rows(self) -> dict[int, Row]:
        """What is kept of each token, by number."""
        if self._marking is None:
            self._unfold()
        return self._rows

    def _unfold(self) -> None:
        flat, self.flat = self.flat or {}, None
        tokens = {number: Token(number, *values[:_STANDS]) for number, values in flat.items()}
        self._marking = Marking(tokens, self.last)
        self._rows = {number: Row(*values[_STANDS:]) for number, values in flat.items()}

    def lay(self, flat: Flat, last: int) -> None:
        """Let the tokens stand so; no token had a higher number than `last`."""
        self.flat, self.last, self._marking, self._rows = flat, last, None, {}

    def as_stored(self) -> tuple[Flat, int]:
        """The tokens as they are to be stored, and the highest number that one had."""
        if self.flat is not None:
            return self.flat, self.last
        standing = self.marking.tokens
        return {n: (*_stands(t), *_kept(self.row(t))) for n, t in standing.items()}, self.marking.last

    def state_at(self, number: int) -> str:
        """The state of a token; empty where there is none."""
        if self.flat is not None:
            return str(self.flat[number][1]) if number in self.flat else ""
        token = self.marking.tokens.get(number)
        return token.state if token is not None else ""

    def with_task(self, tasks: Collection[int]) -> list[int]:
        """The tokens that wait for one of these tasks."""
        if self.flat is not None:
            return [number for number, values in self.flat.items() if values[_STANDS + 1] in tasks]
        return [number for number, row in self.rows.items() if row.activity_id in tasks]

    @property
    def now(self) -> datetime:
        """The time of the batch."""
        return self.around.now

    @property
    def record(self) -> Any:
        """What the instance is about, as it is now; None where it is gone."""
        return self.around.record(*self.about)

    @property
    def told(self) -> Any:
        """What events mention as the record, of which nothing but its id may have been read; None where it is gone."""
        return self.around.stub(self.about)

    def mentioned(self) -> tuple[list[Mentioned], list[tuple[str, int]]]:
        """What events of steps mention, and the rows that these are, for `record_alike`."""
        kind, pk = self.about
        mentions = [("processinstance", "processinstance", self.pk), ("record", kind, pk)]
        return mentions, [(LABEL, self.pk), (label_of(kind), pk)]

    @property
    def has_record(self) -> bool:
        """Whether what the instance is about is there still."""
        return self.around.stub(self.about) is not None

    @property
    def owner(self) -> Person:
        """The design's owner, whose permissions count."""
        owner: Person = self.around.design(self.instance.design_id).owner
        return owner

    @property
    def language(self) -> str:
        """The language of the design's owner, in which tasks are called."""
        return self.around.language(self.instance.design_id)

    @property
    def bindings(self) -> Mapping[str, Binding]:
        """What the version is bound to. Raises NotFit where that is gone."""
        return kept(self.instance.design_id, self.instance.number).bindings

    @property
    def repeats(self) -> Mapping[str, Repeated]:
        """How activities of the version are done several times. Raises NotFit."""
        return kept(self.instance.design_id, self.instance.number).repeats

    def waits_at(self, number: int) -> bool:
        """Whether the instance is open and this token of it waits."""
        return self.instance.is_open and self.state_at(number) in WAITING

    def turn_to(self, number: int) -> None:
        """Go on by another version."""
        self.instance.number = number
        self.plan = plan_for(self.instance.design_id, number)

    def image(self) -> Callable[[], None]:
        """All that is in memory as it is now: what brings it back."""
        instance = self.instance
        fields = {name: getattr(instance, name) for name in MOVING}
        (flat, last), plan = self.as_stored(), self.plan
        kept_now = (dict(self.waits), dict(self.moments), dict(self.calls), list(self.calls_left))

        def back() -> None:
            vars(instance).update(fields)
            self.lay(flat, last)
            self.plan = plan
            self.waits, self.moments, self.calls, self.calls_left = kept_now

        return back

    def row(self, token: Token) -> Row:
        """The row of a token, a new one where it has none."""
        known = self.rows.get(token.number)
        if known is None:
            known = self.rows[token.number] = Row(self.now)
        return known

    def drop_waits(self, token: Token, node: Node) -> None:
        """Wait for nothing any more; only what has failed can be due to be tried again."""
        self.drop_events(token.number, node)
        if self.row(token).attempts:
            self.moments[RETRY, key_of(self.instance, token.number)] = None

    def drop_events(self, number: int, node: Node) -> None:
        """Wait for no time, event or condition any more; what failed is tried again still."""
        for each in (node, *waits_of(self.plan, node)):
            self.waits.pop((number, each.id), None)
            if each.element.event == "timer":
                self.stop_timer(number, each.id)

    def start_timer(self, number: int, node: str, at: datetime) -> None:
        """Wait for a moment, for an event of a token."""
        payload = {"instance": self.pk, "token": number, "node": node}
        self.moments[TIMER, key_of(self.instance, number, node)] = (at, payload)

    def stop_timer(self, number: int, node: str) -> None:
        """Wait for that moment no more."""
        self.moments[TIMER, key_of(self.instance, number, node)] = None


def label_of(kind: str) -> str:
    """What the rows of a kind of record are called by those who watch what is written."""
    return str(registry[kind].model._meta.label)
