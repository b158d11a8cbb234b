"""Names of attachments: decoded whatever the mailer did, and made harmless."""

import mimetypes
import re
import unicodedata

from .flaws import Flaws
from .limits import Limits
from .lines import one_line
from .parts import Part

_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def filename(part: Part, number: int, limits: Limits, flaws: Flaws) -> str:
    """The attachment's name as it may be shown and offered for download; the `number`th where it has none."""
    given = part.disposition.get("filename") or part.kind.get("name")
    name = safe_name(given, limits.name_characters)
    if not name:
        return f"attachment-{number}{_ending(part.content_type)}"
    if name != given:
        flaws.add("name-cleaned", name)
    return name


def safe_name(given: str, longest: int = 200) -> str:
    """A file name without folders, control characters, marks that reorder text, or names that systems
    reserve.

    Cut to `longest` characters in front of its ending; empty where nothing is left.
    """
    name = unicodedata.normalize("NFC", one_line(given))
    name = re.split(r"[/\\]", name)[-1]
    name = _UNSAFE.sub("_", name).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name) > longest:
        stem, dot, ending = name.rpartition(".")
        short = dot and len(ending) <= 10
        name = f"{stem[: longest - len(ending) - 1]}.{ending}" if short else name[:longest]
    return name


def _ending(content_type: str) -> str:
    usual = ".txt" if content_type.startswith(("text/", "message/")) else ".bin"
    return mimetypes.guess_extension(content_type, strict=True) or usual
