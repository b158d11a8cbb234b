"""Folded text is equal where people mean the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.folding import folded, half_width


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ＡＢＣ", "abc"),
        ("Müller", "muller"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("王", "王"),
    ],
)
def test_case_width_and_accents_do_not_matter(text, wanted):
    assert folded(text) == wanted


def test_full_width_digits_become_usual_ones():
    assert half_width("（０１０）６５５２　９９８８") == "(010)6552 9988"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_the_folded_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
