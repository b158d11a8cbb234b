"""What the editor of a decision table shows: columns, cells with what is wrong with them, fields to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError
from kinflow.records.access import may_read
from kinflow.records.faces import registry

from .cells import LIST
from .facts import facts_of
from .forms import INPUT, OUTPUT
from .words import COLLECT_WORDS, HIT_WORDS, SORT_WORDS

_UNASKED = (Kind.RELATION, Kind.LONG_TEXT)


@dataclass(frozen=True)
class Cell:
    """One field of the form: its name, value, what is wrong, and the values to choose from, if there are any."""

    name: str
    value: str
    wrong: str = ""
    choices: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True)
class RowShown:
    """One row of the form."""

    at: int
    when: list[Cell]
    then: list[Cell]
    note: Cell
    is_hit: bool


def fields_to_ask(kind: str, matter: str, by: Actor) -> list[tuple[str, Any]]:
    """What conditions may be about: facts of the matter, fields of the record that the actor may read."""
    found = [(f"event.{fact.name}", fact.label) for fact in facts_of(matter).values()]
    found += [
        (f"record.{field.name}", field.label)
        for field in registry[kind].fields
        if field.filterable
        and field.kind not in _UNASKED
        and not field.many
        and may_read(by, field.sensitivity)
    ]
    return found


def form_of(
    content: Mapping[str, Any],
    errors: Sequence[FieldError] = (),
    hits: Sequence[int] = (),
    outcomes: Mapping[str, Sequence[tuple[str, Any]]] | None = None,
) -> dict[str, Any]:
    """The template's context: `hits` are rows to mark, `outcomes` the words for values of an outcome by its name."""
    wrong = {error.pointer.removeprefix("/content"): error.message for error in errors}

    def cell(name: str, value: Any, pointer: str, choices: Sequence[tuple[str, Any]] = ()) -> Cell:
        return Cell(name, str(value or ""), wrong.get(pointer, ""), choices)

    inputs = [
        {name: cell(f"in:{at}:{name}", one.get(name), f"/inputs/{at}/{name}") for name in INPUT}
        for at, one in enumerate(content["inputs"])
    ]
    outputs = [
        {name: cell(f"out:{at}:{name}", one.get(name), f"/outputs/{at}/{name}") for name in OUTPUT}
        | {"values": cell(f"out:{at}:values", ", ".join(one.get("values") or []), f"/outputs/{at}/values")}
        for at, one in enumerate(content["outputs"])
    ]
    choices = [
        (outcomes or {}).get(str(one.get("name"))) or [(v, v) for v in one.get("values") or []]
        for one in content["outputs"]
    ]
    rows = [
        RowShown(
            at,
            [cell(f"row:{at}:when:{i}", v, f"/rows/{at}/when/{i}") for i, v in enumerate(row["when"])],
            [
                cell(f"row:{at}:then:{o}", v, f"/rows/{at}/then/{o}", choices[o] if o < len(choices) else ())
                for o, v in enumerate(row["then"])
            ],
            cell(f"row:{at}:note", row.get("note"), f"/rows/{at}/note"),
            at in hits,
        )
        for at, row in enumerate(content["rows"])
    ]
    return {
        "inputs": inputs,
        "outputs": outputs,
        "rows": rows,
        "hit": content.get("hit", ""),
        "collect": content.get("collect", ""),
        "hits": list(HIT_WORDS.items()),
        "collects": list(COLLECT_WORDS.items()),
        "sorts": [(sort, words) for sort, words in SORT_WORDS.items() if sort != LIST],
        "wrong_name": wrong.get("/name", ""),
        "is_chinese": (get_language() or "").startswith("zh"),
        "wrong": [f"{_place(error.pointer)}{error.message}" for error in errors],
    }


def _place(pointer: str) -> str:
    """Where in the table something is wrong, in words."""
    parts = pointer.split("/")
    if len(parts) < 4 or parts[1] != "content" or not parts[3].isdecimal():
        return ""
    number = int(parts[3]) + 1
    match parts[2]:
        case "rows":
            return _("Row %(n)d: ") % {"n": number}
        case "inputs":
            return _("Condition %(n)d: ") % {"n": number}
        case "outputs":
            return _("Outcome %(n)d: ") % {"n": number}
    return ""
