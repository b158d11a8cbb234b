"""Lines are what they look like."""

import pytest

from kinflow.kit.lines import straight

TURNING = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize("mark", TURNING)
def test_marks_that_turn_text_round_are_left_out(mark):
    assert straight(f"Pum{chr(mark)}ps {chr(mark)}") == "Pumps "


@pytest.mark.parametrize(
    "line",
    [
        "Pumps & Seals",
        "宁波海天机械",
        "شركة المضخات ١٢",
        "משאבות",
        "می\u200cخواهم",
        "👩\u200d🔧 👍🏽 🇨🇳",
        "e\u0301",
    ],
)
def test_every_script_and_emoji_stay_as_they_are(line):
    assert straight(line) == line
