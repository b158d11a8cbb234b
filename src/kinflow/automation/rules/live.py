"""The rules that are on, in memory: indexed by event and by the constants of their conditions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import local
from typing import Any

from django.db import connection
from django.utils import timezone

from kinflow.conditions import Condition, Context, Has, constants, predicate
from kinflow.conditions.dependence import nodes_of
from kinflow.conditions.fields import Step
from kinflow.conditions.tree import Test
from kinflow.conditions.walking import value_at
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Problem
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import UnitsUnder

from .boundaries import depends_on_time
from .drafts import Draft, draft_of, forget_drafts, read_drafts
from .event_names import ANY, events_about
from .models import Rule

_STAMP = "SELECT count(*), coalesce(sum(version), 0), coalesce(max(id), 0) FROM automation_rule"
_VERSIONS = ("version", "owner__version", "owner__unit__version", "owner__calendar__version")


@dataclass(frozen=True)
class Live:
    """A rule that is on, with its present version."""

    rule: Rule
    draft: Draft
    owner: Person

    @cached_property
    def is_timed(self) -> bool:
        """Whether its condition can begin or end by the passing of time alone."""
        return depends_on_time(self.draft.condition)

    @property
    def versions(self) -> list[int | None]:
        """Of the rule, its owner, their unit and calendar, as they were read."""
        owner, calendar = self.owner, self.owner.calendar
        return [
            self.rule.version,
            owner.version,
            owner.unit.version,
            None if calendar is None else calendar.version,
        ]

    @property
    def by(self) -> Actor:
        """The rule as who acts."""
        return rule_actor(self.rule, self.rule.number)

    def context(self, now: datetime) -> Context:
        """What its condition is asked with: "me" is the rule's owner."""
        return Context(now, timezone.get_current_timezone(), self.owner.pk, UnitsUnder(self.owner.unit))

    def is_meant(self, entry: Entry) -> bool:
        """Whether the entry is one that the rule waits for: told with the right values, after it was switched on."""
        wanted = self.draft.trigger.data
        return not self.is_before(entry) and all(str(entry.data.get(n)) == v for n, v in wanted.items())

    def is_before(self, entry: Entry) -> bool:
        """Whether the entry tells of what happened before the rule was switched on."""
        return self.rule.switched_on_at is not None and entry.at < self.rule.switched_on_at

    def holds(self, record: Any, now: datetime) -> bool:
        """Whether the condition holds for the record."""
        return predicate(self.draft.condition, self.context(now))(record)


def rule_actor(rule: Rule, number: int) -> Actor:
    """A version of a rule as who acts."""
    return Actor("rule", f"rule:{rule.pk}", f"{rule.name} v{number}")


@dataclass
class ByConstants:
    """Rules for one event and kind: those that insist on a value lie under it, so that a miss costs one look."""

    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    under: dict[str, dict[Any, list[Live]]] = field(default_factory=dict)
    rest: list[Live] = field(default_factory=list)

    def add(self, live: Live) -> None:
        """Put a rule where it is found by the value that the fewest records have."""
        wanted = constants(live.draft.condition)
        if not wanted:
            self.rest.append(live)
            return
        path = min(wanted, key=lambda p: (p.count("."), len(wanted[p]), p))
        self.steps.setdefault(path, _steps_of(live.draft.condition, path))
        place = self.under.setdefault(path, {})
        for value in wanted[path]:
            place.setdefault(value, []).append(live)

    def fitting(self, record: Any) -> Iterator[Live]:
        """The rules whose constants the record meets; whether their conditions hold is not said."""
        yield from self.rest
        for path, place in self.under.items():
            value = value_at(record, self.steps[path])
            if value is not None:
                yield from place.get(value, ())


@dataclass
class States:
    """The rules over states of the records of one kind, found by the constants of their conditions."""

    asked: ByConstants = field(default_factory=ByConstants)
    known: dict[int, tuple[Live, frozenset[str]]] = field(default_factory=dict)
    """By number the rules, and the fields of the record itself that their conditions read."""

    def add(self, live: Live, fields: frozenset[str]) -> None:
        """Take a rule in."""
        self.asked.add(live)
        self.known[live.rule.pk] = (live, fields)

    def concerned(self, record: Any, holding: Collection[int]) -> Iterator[tuple[Live, frozenset[str]]]:
        """The rules whose state may hold for the record now, and those for which it held until now."""
        found = {live.rule.pk for live in self.asked.fitting(record)} | (self.known.keys() & set(holding))
        for pk in sorted(found):
            yield self.known[pk]


def _steps_of(condition: Condition, path: str) -> tuple[Step, ...]:
    return next(n.steps for n in nodes_of(condition) if isinstance(n, Test) and n.path == path)


@dataclass
class Index:
    """All rules that are on; `stamp` is the state of the table it was made from."""

    stamp: tuple[int, int, int]
    rules: dict[int, Live] = field(default_factory=dict)
    by_event: dict[str, dict[str, ByConstants]] = field(default_factory=lambda: defaultdict(dict))
    states: dict[str, States] = field(default_factory=dict)
    """By kind of record the rules over states of such records."""
    leading: dict[str, list[tuple[Live, str, frozenset[str]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By kind of record the state rules over others that depend on such records, the path to them, and their fields."""

    def add(self, live: Live) -> None:
        """Take a rule in."""
        self.rules[live.rule.pk] = live
        if live.draft.trigger.when == "event":
            for name in live.draft.trigger.events:
                self.by_event[name].setdefault(live.draft.kind, ByConstants()).add(live)
        elif live.draft.trigger.when == "state":
            for (kind, path), fields in dependencies(live.draft.condition, live.draft.kind).items():
                if path:
                    self.leading[kind].append((live, path, frozenset(fields)))
                else:
                    self.states.setdefault(kind, States()).add(live, frozenset(fields))

    @cached_property
    def names(self) -> list[str]:
        """The events that any of the rules has to see."""
        found = set(self.by_event)
        for kind in {*self.states, *self.leading}:
            found |= events_about(kind)
        return sorted(found)


def dependencies(condition: Condition, kind: str) -> dict[tuple[str, str], set[str]]:
    """By (record type, ORM path to it from the rule's kind; "" is itself) the fields the condition reads there."""
    found: dict[tuple[str, str], set[str]] = {(kind, ""): set()}
    _gather(condition, "", found)
    return found


def _gather(condition: Condition, ahead: str, found: dict[tuple[str, str], set[str]]) -> None:
    match condition:
        case Test() | Has():
            path = ahead
            for step in condition.steps:
                found.setdefault((step.type_name, path), set()).add(step.field.name)
                path = f"{path}__{step.field.path}" if path else step.field.path
            if isinstance(condition, Has):
                found.setdefault((str(condition.steps[-1].field.target), path), set())
                _gather(condition.where, path, found)
        case _:
            for part in getattr(condition, "parts", None) or [condition.part]:  # type: ignore[union-attr]
                _gather(part, ahead, found)


_kept = local()


def _stamp() -> tuple[int, int, int]:
    with connection.cursor() as sql:
        sql.execute(_STAMP)
        count, version, last = sql.fetchone()
    return count, int(version), last


def index() -> Index:
    """The rules that are on, made anew where any was changed since: what was not changed is not read again."""
    kept: Index | None = getattr(_kept, "index", None)
    stamp = _stamp()
    if kept is None or kept.stamp != stamp:
        renewed = Index(stamp)
        for live in _renewed(kept.rules if kept else {}):
            renewed.add(live)
        _kept.index = kept = renewed
    return kept


def _renewed(before: Mapping[int, Live]) -> Iterator[Live]:
    """The rules that are on, in order: those of `before`, but where they, or whose they are, were changed since."""
    on = Rule.objects.filter(is_active=True)
    seen = {pk: versions for pk, *versions in on.values_list("pk", *_VERSIONS)}
    same = {pk: live for pk, live in before.items() if seen.get(pk) == live.versions}
    changed = [pk for pk in seen if pk not in same]
    read = {live.rule.pk: live for live in living(on.filter(pk__in=changed))} if changed else {}
    for pk in seen:
        if live := same.get(pk) or read.get(pk):
            yield live


def index_of_batch() -> Index:
    """The index that was current when this thread began to read the log: every entry it was given is older."""
    kept: Index | None = getattr(_kept, "index", None)
    return kept if kept is not None else index()


def forget() -> None:
    """Forget what was kept; for tests, in which numbers begin anew."""
    _kept.index = None
    forget_drafts()


def living(rules: Iterable[Rule]) -> Iterator[Live]:
    """The rules with their drafts; those over fields or steps that are gone are left out."""
    found = list(rules.select_related("owner__unit", "owner__calendar"))  # type: ignore[attr-defined]
    read_drafts(found)
    for rule in found:
        try:
            yield Live(rule, draft_of(rule.pk, rule.number), rule.owner)
        except Problem:
            continue


def is_readable(rule: Rule) -> bool:
    """Whether what the rule says is still there: its fields, events and steps."""
    try:
        draft_of(rule.pk, rule.number)
    except Problem:
        return False
    return True


def live_rule(rule_id: int) -> Live | None:
    """The rule as it is now, if it is on."""
    return next(living(Rule.objects.filter(pk=rule_id, is_active=True)), None)


__all__ = ["ANY", "Index", "Live", "Mapping", "dependencies", "index", "live_rule", "living", "rule_actor"]
