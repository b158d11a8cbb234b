"""Notes in the language their writer works in: English in Hamburg, Chinese everywhere else."""

from collections.abc import Mapping
from typing import Any

from ..engine.chance import Chance
from ..scene import Scene
from ..words.notes import NOTES, NOTES_EN


def note(scene: Scene, chance: Chance, who: str, kind: str, slots: Mapping[str, Any]) -> str:
    """What somebody writes down after a piece of work of this kind; `slots` fill its words."""
    english = scene.roster.people[who].calendar == "hamburg" and kind in NOTES_EN
    what = slots.get("product", "")
    return (NOTES_EN if english else NOTES)[kind].say(chance, {"what": what, **slots})
