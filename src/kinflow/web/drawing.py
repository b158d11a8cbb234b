"""Our own icons: 16 by 16 pixels, one stroke, the colour of the text around."""

from functools import cache
from pathlib import Path

ICONS = Path(__file__).parent / "icons"
UNKNOWN = "file"


@cache
def drawing(name: str) -> str:
    """What is inside the icon's <svg>; that of a sheet of paper for a name nobody drew."""
    file = ICONS / f"{name}.svg" if name.isidentifier() else ICONS / f"{UNKNOWN}.svg"
    text = (file if file.exists() else ICONS / f"{UNKNOWN}.svg").read_text("utf-8")
    return text[text.index(">") + 1 : text.rindex("</svg>")]


@cache
def names() -> list[str]:
    """The names of all icons."""
    return sorted(file.stem for file in ICONS.glob("*.svg"))
