"""`manage list_events`: every event as a page of documentation, `docs/events.md`."""

from dataclasses import fields
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import get_resolver
from django.utils import translation

from kinflow.eventlog.event import Event, registry

HEAD = """# Events

Everything that can happen, by package: the event's name, its sentence, and its fields. Fields that hold records become
mentions; personal ones (*in italics*) are blanked when a contact is erased. Written by `./kinflow manage list_events`.
"""


class Command(BaseCommand):
    """Write the list of all events."""

    help = "Write every event with its sentence and its fields, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        self.stdout.write(events_page(), ending="")


def events_page() -> str:
    """The page, in English; what tests add to the registry is left out."""
    _ = get_resolver().url_patterns  # some events become known with the pages that lead to them
    with translation.override("en"):
        return "".join([HEAD, *(_package(name, events) for name, events in _by_package().items())])


def _by_package() -> dict[str, list[type[Event]]]:
    found: dict[str, list[type[Event]]] = {}
    for name, event in sorted(registry.items()):
        if event.__module__.startswith("kinflow.") and event.__module__.endswith("events"):
            found.setdefault(name.split(".")[0], []).append(event)
    return found


def _package(name: str, events: list[type[Event]]) -> str:
    rows = [f"| `{e.name.split('.')[1]}` | {_cell(str(e.sentence))} | {_fields(e)} |\n" for e in events]
    return f"\n## {name}\n\n| event | sentence | fields |\n| --- | --- | --- |\n{''.join(rows)}"


def _fields(event: type[Event]) -> str:
    return ", ".join(f"*{f.name}*" if f.metadata.get("personal") else f.name for f in fields(event))


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("{", "`{").replace("}", "}`")
