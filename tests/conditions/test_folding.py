"""Cases are made equal one character at a time, and the pattern finds exactly what folding finds."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.conditions.folding import fold, has_cases, pattern

CASED = st.text(st.sampled_from("aAÄäßẞsSſkK\u212aıİiΣσςµμＡａжЖ.*+?[](){}^$|\\%_ \n#&~-泵🙂"), max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [("MÜLLER", "müller"), ("ΣΊΣ", "σίς"), ("ＡＢＣ", "ａｂｃ"), ("ЖУК", "жук"), ("ſ", "S"), ("\u212a", "k")],
)
def test_cases_of_a_letter_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ß", "ss"), ("İ", "i"), ("ı", "i"), ("A", "Ａ"), ("é", "e")])
def test_other_letters_are_not(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_keeps_the_length_and_happens_once(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(text=CASED, part=CASED)
def test_the_pattern_finds_what_folding_finds(text, part):
    assert bool(re.search(pattern(part), text)) is (fold(part) in fold(text))


def test_no_character_folds_to_several():
    assert all(len(fold(chr(code))) == 1 for code in range(sys.maxunicode + 1))


def test_chinese_and_figures_have_no_cases():
    assert not has_cases("水泵 42%")
    assert has_cases("42 m²")
