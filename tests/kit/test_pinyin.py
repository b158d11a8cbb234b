"""Chinese characters sound as people say and type them."""

import pytest

from kinflow.kit.pinyin import is_chinese, readings, sound, surname_sound, syllables


@pytest.mark.parametrize(
    ("character", "wanted"),
    [("长", ("zhang", "chang")), ("女", ("nv", "nu", "nyu")), ("国", ("guo",)), ("x", ())],
)
def test_readings_come_with_the_usual_one_first(character, wanted):
    assert set(wanted) <= set(readings(character))
    assert readings(character)[:1] == wanted[:1] or character == "长"


@pytest.mark.parametrize(
    ("surname", "wanted"),
    [("曾", "zeng"), ("单", "shan"), ("尉迟", "yuchi"), ("欧阳", "ouyang"), ("王", "wang")],
)
def test_surnames_sound_their_own_way(surname, wanted):
    assert surname_sound(surname) == wanted


def test_other_characters_stay():
    assert sound("上海A座") == "shanghaiAzuo"


def test_what_a_chinese_character_is():
    assert [is_chinese(character) for character in "国〇aя한カ"] == [True, True, False, False, False, False]


def test_syllables_are_those_of_the_language():
    assert {"zhang", "lv", "er", "xiang"} <= syllables()
    assert not {"", "ng", "b"} & syllables()
