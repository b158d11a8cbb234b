"""What an address asks the log for; the address is the view."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog.event import registry as events
from kinflow.eventlog.timeline import LogFilter

from ..faces import registry
from ..pages.timelines import TOPICS

ACTOR_KINDS = ("person", "rule", "process", "integration", "portal", "import", "system")
NAMES = ("event", "kind", "actor", "since", "until", "record")
_RECORD = re.compile(r"([A-Za-z]{1,4})-?(\d{1,18})")


@dataclass(frozen=True)
class Wanted:
    """What was asked for: the words of the address, the filter they mean, and what was wrong with them."""

    given: Mapping[str, str]
    filter: LogFilter
    before: int | None = None
    faults: tuple[str, ...] = field(default=())

    def query(self, **more: Any) -> str:
        """The address's query, without the page, with more parts."""
        parts = {name: value for name, value in self.given.items() if value}
        return urlencode(parts | {name: str(value) for name, value in more.items()})


def wanted_from(address: Mapping[str, str]) -> Wanted:
    """Read an address; parts that mean nothing are named in `faults` and count as not given."""
    given = {name: address.get(name, "").strip()[:100] for name in NAMES}
    faults: list[str] = []
    kind, number = _record(given, faults)
    before = address.get("before", "")
    return Wanted(
        given,
        LogFilter(
            names=_names(given, faults),
            actor_kind=given["kind"] if given["kind"] in ACTOR_KINDS else "",
            actor_id=given["actor"].replace("\x00", "")[:64],
            since=_start_of(given["since"], faults),
            until=_start_of(given["until"], faults, days=1),
            kind=kind,
            object_id=number,
        ),
        before=number_of(before),
        faults=tuple(faults),
    )


def number_of(text: str) -> int | None:
    """The text as an entry's id; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _names(given: Mapping[str, str], faults: list[str]) -> tuple[str, ...]:
    wanted = given["event"]
    if not wanted or wanted in events:
        return (wanted,) if wanted else ()
    topic = wanted.removeprefix("topic:")
    if wanted != topic and topic in dict(TOPICS):
        return tuple(name for name, event in events.items() if event.topic == topic) or ("",)
    faults.append(_("There is no event “%(name)s”.") % {"name": wanted})
    return ()


def _record(given: Mapping[str, str], faults: list[str]) -> tuple[str, int | None]:
    wanted = given["record"]
    if not wanted:
        return "", None
    match = _RECORD.fullmatch(wanted)
    face = next((f for f in registry.values() if match and f.prefix == match[1].upper()), None)
    if match is None or face is None:
        faults.append(_("“%(text)s” is no record's number; numbers look like L-10482.") % {"text": wanted})
        return "", None
    return face.name, int(match[2])


def _start_of(text: str, faults: list[str], days: int = 0) -> datetime | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
        return datetime.combine(day, time.min, timezone.get_current_timezone()).astimezone(UTC)
    except (ValueError, OverflowError):
        faults.append(_("“%(text)s” is no day.") % {"text": text})
        return None
