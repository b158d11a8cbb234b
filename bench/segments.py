"""Segments at many contacts: founding, upkeep after a change against working out all again, from cause to membership.

    ./kinflow bench segments [--contacts N] [--segments N] [--changes N]

`found_seconds`: working out one segment's members as a whole (the first of `segments`). `upkeep_ms`: for each change of a
contact, reading its entry and keeping all segments up, in batches as a worker reads them. `rebuild_seconds`: working all
segments out again, which is what one change would cost without upkeep. `lag`: seconds from the entry of the cause to the
entry of joining or leaving, while changes come at `--rate` a second and a worker follows. Last line: one JSON object.
"""

import argparse
import json
import statistics
import threading
import time
from typing import Any

from bench._company import Company, prepare
from bench._measuring import most_resident, timed

LIMIT_SECONDS = 5.0
TOLD_OF = 50_000
"""So many contacts have a history in the log and are findable; the others are their rows repeated."""


def main() -> None:
    """Measure, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--segments", type=int, default=20)
    parser.add_argument("--changes", type=int, default=500)
    parser.add_argument("--rate", type=int, default=50, help="changes a second while a worker follows")
    options = parser.parse_args()
    prepare()
    company = Company()
    company.found()
    told_of = min(options.contacts, TOLD_OF)
    company.grow(told_of, told_of // 10 or 1, told_of * 2)
    if options.contacts > told_of:
        company.multiply(options.contacts)
    segments, found = found_all(options.segments)
    told: dict[str, Any] = {
        "bench": "segments",
        "contacts": company.contacts,
        "segments": len(segments),
        "members": sum(segment.size for segment in segments),
        "found_seconds": found,
        "upkeep_ms": upkeep(options.changes),
        "rebuild_seconds": round(rebuild(segments), 2),
        "lag": lag(options.changes, options.rate),
        "memory_mb": most_resident(),
    }
    broken = ["lag"] * (told["lag"]["p95_seconds"] > LIMIT_SECONDS)
    print(json.dumps({**told, "limit_seconds": LIMIT_SECONDS, "broken": broken}))


def found_all(count: int) -> tuple[list[Any], float]:
    """So many segments of contacts, each over another province and title; and the seconds of the first founding."""
    from django.utils import timezone

    from kinflow.eventlog import SYSTEM
    from kinflow.records.segments.actions import create_segment
    from kinflow.records.segments.founding import found_segment

    made, seconds = [], 0.0
    for n in range(count):
        condition: dict[str, Any] = {"field": "title", "op": "is", "value": f"Title {n}"}
        if n == 0:
            condition = {"field": "family_name", "op": "is_filled"}
        segment = create_segment(kind="contact", name=f"Segment {n}", condition=condition, by=SYSTEM)

        def found(segment: Any = segment) -> Any:
            return found_segment(segment=segment, now=timezone.now(), by=SYSTEM)

        segment, took = timed(found)
        seconds = seconds or took
        made.append(segment)
    return made, round(seconds, 2)


def _contacts(count: int) -> list[Any]:
    from kinflow.customers.contacts.models import Contact

    return list(Contact.objects.order_by("pk")[:count])


def change(contact: Any, turn: int) -> None:
    """Let the contact come into one segment and out of another."""
    from kinflow.customers.contacts.actions import change_contact
    from kinflow.eventlog import SYSTEM

    change_contact(contact=contact, changes={"title": f"Title {1 + turn % 19}"}, by=SYSTEM)


def follow() -> int:
    """Read what is new, as a worker does; how many entries."""
    from django.utils import timezone

    from kinflow.eventlog.readers import catch_up, readers

    return catch_up(readers["segments"], timezone.now())


def upkeep(changes: int) -> float:
    """Milliseconds that one change costs all segments."""
    while follow():
        pass
    for turn, contact in enumerate(_contacts(changes)):
        change(contact, turn)

    def work() -> None:
        while follow():
            pass

    _none, seconds = timed(work)
    return round(1000 * seconds / changes, 3)


def rebuild(segments: list[Any]) -> float:
    """Seconds of working out all segments again."""
    from django.utils import timezone

    from kinflow.eventlog import SYSTEM
    from kinflow.records.segments.founding import found_segment

    return timed(lambda: [found_segment(segment=each, now=timezone.now(), by=SYSTEM) for each in segments])[1]


def lag(changes: int, rate: int) -> dict[str, float]:
    """Seconds from cause to membership while changes come and a worker follows."""
    from django.db import connection

    from kinflow.eventlog.models import Entry

    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    done = threading.Event()
    worker = threading.Thread(target=_follow_on, args=(done,))
    worker.start()
    begun = time.perf_counter()
    for turn, contact in enumerate(_contacts(changes)):
        change(contact, turn + 7)
        time.sleep(max(0.0, begun + (turn + 1) / rate - time.perf_counter()))
    time.sleep(2)
    done.set()
    worker.join()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM e.at - c.at) FROM eventlog_entry e JOIN eventlog_entry c ON c.id = e.caused_by "
            "WHERE e.id > %s AND e.name IN ('records.segment_joined', 'records.segment_left')",
            [last],
        )
        found = sorted(float(row[0]) for row in cursor.fetchall())
    p95 = found[int(len(found) * 0.95)] if found else float("inf")
    return {
        "moved": len(found),
        "p50_seconds": round(statistics.median(found), 3) if found else 0.0,
        "p95_seconds": round(p95, 3),
    }


def _follow_on(done: threading.Event) -> None:
    from django.db import connection

    while not done.is_set() or follow():
        if not follow():
            time.sleep(0.02)
    connection.close()


if __name__ == "__main__":
    main()
