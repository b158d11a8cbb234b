"""Text made safe to show and to store: no control characters, one line where one line is meant."""

import re

from kinflow.kit.lines import TURNS

# C0 and C1 controls but tab and newline; marks that reorder text; lone surrogates and non-characters.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


def one_line(text: str) -> str:
    """A header's value: without line ends, control characters and marks that reorder text."""
    return _SPACE.sub(" ", TURNS.sub("", _CONTROLS.sub("", text.replace("\x1b", " ")))).strip()


def clean_text(text: str) -> str:
    """A body: line ends as newlines, without control characters, without spaces at the ends of lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _CONTROLS.sub("", text.replace("\x0c", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
