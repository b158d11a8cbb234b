"""What an action asks for is read from its signature; what was given becomes its arguments or an error at the field."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from django.http import QueryDict

from kinflow.eventlog import SYSTEM, Actor
from kinflow.kit.problem import Invalid
from kinflow.records.asking import inputs_of, read
from kinflow.records.faces import Ask


def ask_much(
    *,
    name: str,
    note: Annotated[str, Ask("Note", long=True)] = "",
    size: int = 0,
    amount: Annotated[Decimal | None, Ask("Amount")] = None,
    on: date | None = None,
    at: datetime | None = None,
    is_urgent: bool = False,
    colour: Literal["red", "green"] = "red",
    reason: Annotated[str, Ask("Reason", choices=[("a", "A"), ("b", "B")])] = "a",
    tags: Sequence[str] = (),
    card: dict[str, int] | None = None,
    by: Actor,
) -> None:
    """An action with one input of each kind."""


INPUTS = {each.name: each for each in inputs_of(ask_much)}


def test_kinds_and_words_follow_from_the_types():
    kinds = {name: each.kind for name, each in INPUTS.items()}
    assert kinds == {
        "name": "text",
        "note": "long",
        "size": "integer",
        "amount": "decimal",
        "on": "date",
        "at": "moment",
        "is_urgent": "flag",
        "colour": "choice",
        "reason": "choice",
        "tags": "text",
        "card": "json",
    }
    assert INPUTS["name"].required
    assert not INPUTS["amount"].required
    assert INPUTS["tags"].many
    assert not INPUTS["card"].asked
    assert str(INPUTS["amount"].label) == "Amount"


def test_texts_of_a_form_become_values():
    form = QueryDict(
        "name=+Wang+&size=1,200&amount=12.50&on=2026-12-31&is_urgent=&is_urgent=true&colour=green&tags=a&tags=b"
    )
    assert read(INPUTS.values(), form, by=SYSTEM) == {
        "name": "Wang",
        "size": 1200,
        "amount": Decimal("12.50"),
        "on": date(2026, 12, 31),
        "is_urgent": True,
        "colour": "green",
        "tags": ["a", "b"],
    }


def test_values_of_json_become_values():
    given = {
        "name": "Wang",
        "size": 3,
        "is_urgent": False,
        "at": "2026-12-31T08:00:00Z",
        "tags": ["a"],
        "card": {"x": 1},
    }
    told = read(INPUTS.values(), given, by=SYSTEM, strict=True)
    assert told["at"] == datetime(2026, 12, 31, 8, tzinfo=UTC)
    assert told["card"] == {"x": 1}
    assert told["is_urgent"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", 5),
        ("name", "x" * 501),
        ("size", "many"),
        ("size", "1.5"),
        ("size", True),
        ("size", "1_000"),
        ("size", 2**60),
        ("amount", "NaN"),
        ("amount", "Infinity"),
        ("amount", "12,5"),
        ("on", "31.12.2026"),
        ("on", "2026-02-30"),
        ("at", "soon"),
        ("is_urgent", "perhaps"),
        ("colour", "blue"),
        ("reason", ["a"]),
        ("tags", 5),
    ],
)
def test_what_is_wrong_is_told_at_its_place(name, value):
    with pytest.raises(Invalid) as refused:
        read(INPUTS.values(), {"name": "Wang", name: value}, by=SYSTEM)
    assert [error.pointer.split("/")[1] for error in refused.value.errors] == [name]


def test_every_wrong_value_is_told_at_once():
    with pytest.raises(Invalid) as refused:
        read(INPUTS.values(), {"size": "x", "colour": "x"}, by=SYSTEM)
    assert {error.pointer for error in refused.value.errors} == {"/name", "/size", "/colour"}


def test_unknown_names_are_refused_where_programs_ask():
    with pytest.raises(Invalid) as refused:
        read(INPUTS.values(), {"name": "x", "nonsense": 1}, by=SYSTEM, strict=True)
    assert refused.value.errors[0].pointer == "/nonsense"
    assert read(INPUTS.values(), {"name": "x", "csrfmiddlewaretoken": "y"}, by=SYSTEM) == {"name": "x"}


def test_zero_bytes_and_broken_characters_do_no_harm():
    assert read(INPUTS.values(), {"name": "a\x00b\ud800"}, by=SYSTEM) == {"name": "ab?"}
