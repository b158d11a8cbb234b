"""Notes in the language their writer works in: English where we sell abroad, Chinese everywhere else."""

from collections.abc import Mapping
from typing import Any

from ..engine.chance import Chance
from ..scene import Scene
from ..words.notes import NOTES, NOTES_EN

OUR_WORDS = ("product", "medium", "site")
"""What customers say in their language and we in ours."""


def note(scene: Scene, chance: Chance, who: str, kind: str, slots: Mapping[str, Any]) -> str:
    """What somebody writes down after a piece of work of this kind; `slots` fill its words."""
    english = scene.roster.writes_english(who)
    ours = "_en" if english else "_zh"
    said = {word: slots.get(word + ours, slots.get(word, "")) for word in OUR_WORDS}
    words = NOTES_EN if english and kind in NOTES_EN else NOTES
    return words[kind].say(chance, {**slots, **said, "what": said["product"]})
