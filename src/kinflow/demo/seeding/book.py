"""The book of what was put in: each row by its key in the world."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from kinflow.eventlog import Actor, Event, Recorded, bulk
from kinflow.eventlog.actor import ActorKind, Cause

M = TypeVar("M", bound=Recorded)

NAMES = {
    "website": "官网",
    "shop": "配件商城",
    "service": "服务门户",
    "baidu": "百度推广",
    "wecom": "企业微信",
    "crm": "旧系统导入",
    "mail": "邮件网关",
    "care": "客户关怀流程",
    "closing": "自动结案",
    "life-stage": "客户阶段流程",
    "campaigns": "营销计划流程",
    "goods-in": "返修收货",
    "grading": "客户分级流程",
}
"""What programs that act are called in a company that speaks Chinese."""


class Book:
    """All rows by kind and key, and all that happens before the history begins."""

    def __init__(self, begins_at: datetime) -> None:
        self.begins_at = begins_at
        self.rows: dict[str, dict[Any, Any]] = {}
        self.events: list[tuple[Event, datetime]] = []
        self.causes: dict[int, Cause] = {}
        """The entry of each happening that was told, by its number: it can be the cause of others."""
        self._actors: dict[str, Actor] = {}

    def put(self, kind: str, rows: dict[str, M]) -> dict[str, M]:
        """Write the rows of one model with COPY, and know them by their keys."""
        bulk.insert(list(rows.values()))
        self.rows.setdefault(kind, {}).update(rows)
        return rows

    def keep(
        self, kind: str, touched: Iterable[Any], row_of: Callable[[Any], M], changing: Sequence[str]
    ) -> list[M]:
        """Write the records that came as new rows, and what is `changing` of those that have theirs; the new rows.

        A changed row's version goes on from the one that it had.
        """
        known, new, changed = self.rows.setdefault(kind, {}), {}, []
        for source in touched:
            row = row_of(source)
            if source.key in known:
                changed.append(_brought_up(known[source.key], row, changing))
            else:
                new[source.key] = row
        self.put(kind, new)
        if changed:
            bulk.update_each(changed, [*changing, "version", "changed_at"], as_told=True)
        return list(new.values())

    def of(self, kind: str, key: str | None) -> Any:
        """The row with this key; None for no key."""
        return None if key is None else self.rows[kind][key]

    def tell(self, event: Event, at: datetime | None = None) -> None:
        """Note what happened before (or beside) the history."""
        self.events.append((event, at or self.begins_at))

    def actor(self, name: str) -> Actor:
        """Who acts: a person by key, or a program as "kind:name"."""
        found = self._actors.get(name)
        if found is None:
            found = self._actors[name] = self._person(name) if ":" not in name else _program(name)
        return found

    def _person(self, key: str) -> Actor:
        person = self.rows["person"][key]
        return Actor("person", str(person.pk), person.name, person_id=person.pk, unit_id=person.unit_id)


def _program(name: str) -> Actor:
    kind, _, what = name.partition(":")
    kinds: dict[str, ActorKind] = {
        "portal": "portal",
        "integration": "integration",
        "import": "import",
        "system": "system",
        "process": "process",
    }
    label = NAMES.get(what) or what.replace("fair-", "展会名单 ")
    return Actor(kinds[kind], what, label)


def _brought_up(row: Any, fresh: Any, changing: Sequence[str]) -> Any:
    """A row with what changed of it."""
    row.version += fresh.version
    for name in (*changing, "changed_at"):
        setattr(row, name, getattr(fresh, name))
    return row


def money(amount: float) -> Decimal:
    """An amount of the world as it is kept: with two digits after the point."""
    return Decimal(str(round(amount, 2))).quantize(Decimal("0.01"))


def percent(part: float) -> Decimal:
    """A part of one as it is kept: in percent, with two digits after the point."""
    return money(part * 100)


def reached(number: str) -> str:
    """A phone number of the world in E.164."""
    return number.replace(" ", "")


def given_to(row: M, owner: Model | None, at: datetime | None) -> M:
    """The unsaved row with its owner, the owner's unit, and since when."""
    if owner is not None:
        row.give_to(owner, at)  # type: ignore[attr-defined]
    return row
