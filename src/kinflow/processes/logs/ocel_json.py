"""OCEL 2.0 (and 1.0) in JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from .json_stream import members
from .limits import LogLimits
from .objects import ObjectLog


def read_json(blocks: Iterable[bytes], log: ObjectLog, limits: LogLimits) -> ObjectLog:
    """Read the log in a JSON file given in blocks. Raises UnreadableFile, FileTooLarge."""
    for key, inner, value in members(blocks, limits):
        if key == "ocel:global-log" and inner == "ocel:object-types" and isinstance(value, list):
            for name in value:
                log.declare(name, ())
        if not isinstance(value, dict):
            continue
        if key == "events":
            log.add_event(
                value.get("type"),
                value.get("time"),
                _pairs(value.get("attributes"), "value"),
                _related(value),
            )
        elif key == "objects":
            log.add_object(value.get("id"), value.get("type"), _pairs(value.get("attributes"), "value"))
        elif key == "objectTypes":
            log.declare(value.get("name"), _pairs(value.get("attributes"), "type"))
        elif key == "ocel:events":
            vmap, omap = value.get("ocel:vmap"), value.get("ocel:omap")
            log.add_event(
                value.get("ocel:activity"),
                value.get("ocel:timestamp"),
                vmap.items() if isinstance(vmap, dict) else (),
                omap if isinstance(omap, list) else (),
            )
        elif key == "ocel:objects":
            ovmap = value.get("ocel:ovmap")
            log.add_object(inner, value.get("ocel:type"), ovmap.items() if isinstance(ovmap, dict) else ())
        if log.is_enough:
            break
    return log


def _pairs(listed: Any, what: str) -> Iterator[tuple[Any, Any]]:
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one.get("name"), one.get(what)


def _related(value: dict[str, Any]) -> Iterator[Any]:
    listed = value.get("relationships")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one.get("objectId")
