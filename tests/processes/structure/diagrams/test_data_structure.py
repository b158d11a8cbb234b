"""The structure of the data: what is drawn, where it stands, what its lines say."""

from itertools import combinations
from random import Random

import pytest
from lxml import etree

from kinflow.processes.structure.diagrams.data.drawing import drawn
from kinflow.processes.structure.diagrams.data.entities import (
    Attribute,
    Entity,
    Relation,
    Rows,
    Structure,
    part_of,
)
from kinflow.processes.structure.diagrams.data.pages import relation_words, rows_word, told_of
from kinflow.processes.structure.diagrams.data.placing import BETWEEN, WIDE, placed

AREAS = (("sales", "Sales"), ("customers", "Customers"), ("organisation", "Organisation"))


def entity(key: str, area: str, *fields: str) -> Entity:
    attributes = tuple(Attribute(each, each.title(), "text", is_main=True) for each in fields)
    return Entity(key, key.title(), area, attributes, Rows(3, False))


SMALL = Structure(
    AREAS,
    (
        entity("sale", "sales", "name", "account", "owner"),
        entity("account", "customers", "name", "parent"),
        entity("person", "organisation", "name"),
    ),
    (
        Relation("sale", "account", "account", "Account", "one"),
        Relation("sale", "person", "owner", "Owner", "none_or_one"),
        Relation("account", "account", "parent", "Parent", "none_or_one"),
    ),
)


def some_structure(seed: int) -> Structure:
    """Entities with some fields in areas, with relations between any of them."""
    dice = Random(seed)
    size = dice.randint(1, 14)
    entities = [
        entity(f"e{at}", dice.choice(AREAS)[0], *(f"f{n}" for n in range(dice.randint(0, 9))))
        for at in range(size)
    ]
    relations = [
        Relation(f"e{dice.randrange(size)}", f"e{dice.randrange(size)}", f"f{n % 9}", "x", "one")
        for n in range(dice.randint(0, 16))
    ]
    there = {each.area for each in entities}
    return Structure(tuple(each for each in AREAS if each[0] in there), tuple(entities), tuple(relations))


@pytest.mark.parametrize("seed", range(40))
def test_no_box_covers_another_and_no_line_crosses_a_box_of_others(seed: int) -> None:
    structure = some_structure(seed)
    lines = {each.key: [field.name for field in each.attributes] for each in structure.entities}
    found = placed(structure, lines)
    assert set(found.places) == {each.key for each in structure.entities}
    for one, other in combinations(found.places.values(), 2):
        beside = one.x + WIDE < other.x or other.x + WIDE < one.x
        assert beside or one.bottom + BETWEEN <= other.y or other.bottom + BETWEEN <= one.y
    for way in found.ways:
        for (x, y), (to_x, to_y) in zip(way.points[1::2], way.points[2::2], strict=False):
            assert y == to_y
            assert not any(
                min(x, to_x) < place.x + WIDE and max(x, to_x) > place.x and place.y < y < place.bottom
                for place in found.places.values()
            )
    assert all(place.x >= 0 and place.bottom <= found.height for place in found.places.values())
    assert all(area.x + area.width <= found.width + 1 for area in found.areas)


def test_a_part_shows_its_neighbours_without_fields_and_leaves_out_what_all_refer_to() -> None:
    part = part_of(SMALL, ["sales"], ["person"])
    assert [(each.key, len(each.attributes)) for each in part.entities] == [("sale", 3), ("account", 0)]
    assert [each.target for each in part.relations] == ["account"]
    assert [key for key, _label in part.areas] == ["sales", "customers"]


def test_lines_to_people_are_drawn_where_they_are_asked_for() -> None:
    assert len(part_of(SMALL, [], []).relations) == 3


def test_the_drawing_is_sound_whatever_names_hold() -> None:
    evil = Entity(
        "x", '<b>&"', "sales", (Attribute("f", "</text><script>", "text", is_main=True),), url='"><i>'
    )
    structure = Structure(AREAS[:1], (evil,), (Relation("x", "x", "f", "<i>", "many"),))
    picture = drawn(
        structure, "all", label='"<b>', rows={}, more=str, told=told_of, says=lambda each: each.label
    )
    root = etree.fromstring(picture)
    assert "</text><script>" in "".join(root.itertext())
    assert not root.findall(".//{*}script")


def test_a_line_says_how_many_at_each_end() -> None:
    labels = {each.key: each.label for each in SMALL.entities}
    assert relation_words(SMALL.relations[1], labels) == (
        "Sale, Owner: at most one Person; back: any number Sale"
    )


def test_estimates_are_marked_and_what_is_always_filled_is_not_told() -> None:
    assert rows_word(Rows(45_783, True)) == "≈ 45,783"
    assert rows_word(Rows(8, False)) == "8"
    assert rows_word(Rows(-1, True)) == ""
    assert told_of(Attribute("a", "A", "text", filled=1.0)) == "text"
    assert told_of(Attribute("a", "A", "text", filled=0.5)) == "text · 50.0 %"
