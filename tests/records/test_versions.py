"""What records with numbered versions ask alike."""

import pytest

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.changing import Stale
from kinflow.records.versions import read_position, read_text, refuse_outdated, refuse_strangers


def test_each_field_that_cannot_be_changed_is_named():
    with pytest.raises(Invalid) as refused:
        refuse_strangers({"name": "", "b": 1, "a": 2}, ("name",))
    assert [e.pointer for e in refused.value.errors] == ["/a", "/b"]


def test_who_began_with_another_version_is_told_both_numbers():
    refuse_outdated(3, None)
    refuse_outdated(3, 3)
    with pytest.raises(Stale) as refused:
        refuse_outdated(3, 2)
    assert (refused.value.extra["now"], refused.value.extra["seen"]) == (3, 2)


@pytest.mark.parametrize("given", [7, ["x"], "a\0b", "\ud800"])
def test_what_is_no_text_is_refused_where_it_stands(given):
    errors: list[FieldError] = []
    assert read_text({"name": given}, "name", errors, pointer="/steps/0") == ""
    assert [e.pointer for e in errors] == ["/steps/0/name"]


def test_a_text_loses_the_spaces_around_it_and_what_is_too_long():
    errors: list[FieldError] = []
    assert read_text({"name": f"  {'x' * 200} "}, "name", errors) == "x" * 120
    assert not errors


@pytest.mark.parametrize("given", [None, -1, 2.5, 30_001])
def test_a_position_is_a_whole_number_from_0_to_30000(given):
    errors: list[FieldError] = []
    read_position(given, errors)
    assert [e.pointer for e in errors] == ["/position"]
