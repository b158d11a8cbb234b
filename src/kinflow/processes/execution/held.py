"""An instance in memory: its tokens with what is kept of each, and what they wait for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.organisation.people.models import Person

from ..designs.bindings import Binding
from ..designs.kept import kept, plan_for
from ..designs.plans import Node
from ..designs.repeating import Repeated
from .around import Around
from .marking import WAITING, Marking, Token
from .models import MOVING, ProcessInstance
from .waits import RETRY, TIMER, key_of, waits_of


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
        self.rows: dict[int, Row] = {}
        self.marking = Marking({}, instance.last_token)
        self.waits: dict[tuple[int, str], tuple[str, str]] = {}
        self.moments: dict[tuple[str, str], tuple[datetime, Mapping[str, Any]] | None] = {}
        self.calls: dict[int, int] = {}
        """By token the designs to call, once the tokens stand."""
        self.calls_left: list[int] = []
        """The tokens whose calls are not waited for any more."""

    by: Actor
    entry: Entry | None

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
        token = self.marking.tokens.get(number)
        return self.instance.is_open and token is not None and token.state in WAITING

    def turn_to(self, number: int) -> None:
        """Go on by another version."""
        self.instance.number = number
        self.plan = plan_for(self.instance.design_id, number)

    def image(self) -> Callable[[], None]:
        """All that is in memory as it is now: what brings it back."""
        instance, marking = self.instance, self.marking
        fields = {name: getattr(instance, name) for name in MOVING}
        tokens = [replace(token) for token in marking.tokens.values()]
        rows = {number: replace(row) for number, row in self.rows.items()}
        kept_now = (dict(self.waits), dict(self.moments), dict(self.calls), list(self.calls_left))
        last, plan = marking.last, self.plan

        def back() -> None:
            vars(instance).update(fields)
            self.marking = Marking({token.number: token for token in tokens}, last)
            self.rows, self.plan = rows, plan
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
                self.moments[TIMER, key_of(self.instance, number, each.id)] = None
