"""The text and the HTML of a mail, put together from its parts, and the parts that are files."""

import html
import re
from dataclasses import dataclass, field

from kinflow.kit import charsets

from .flaws import Flaws
from .limits import Limits
from .lines import clean_text
from .parts import Part
from .plain import text_of_html

_META = re.compile(rb"(?i)<meta[^>]{0,200}charset=[\"']?([a-z0-9_-]{2,40})")


@dataclass
class Body:
    """Text and HTML in the order of the parts, and the parts that are files."""

    plain: list[str] = field(default_factory=list)
    rich: list[str] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)


def body_of(root: Part, limits: Limits, flaws: Flaws) -> Body:
    """Gather what is to be read, and what is to be kept as files."""
    return _gathered(root, limits, flaws)


def _gathered(part: Part, limits: Limits, flaws: Flaws) -> Body:
    if part.content_type == "multipart/alternative" and part.children:
        return _alternative(part, limits, flaws)
    if part.children:
        return _sequence([_gathered(child, limits, flaws) for child in part.children])
    if not _is_text(part):
        return Body(files=[part])
    text = _text(part, flaws)
    if part.content_type == "text/html":
        limit = limits.html_characters
        return Body(rich=[_cut(text, limit, flaws)])
    return Body(plain=[_cut(clean_text(_unflowed(text, part)), limits.text_characters, flaws)])


def _alternative(part: Part, limits: Limits, flaws: Flaws) -> Body:
    """Forms of the same: the last plain one that says something, the last rich one; files of all."""
    made = Body()
    for child in part.children:
        form = _gathered(child, limits, flaws)
        made.plain = form.plain if any(form.plain) else made.plain
        made.rich = form.rich or made.rich
        made.files += form.files
    return made


def _sequence(bodies: list[Body]) -> Body:
    """Parts after each other; where one of them is rich, all are given in both forms."""
    made = Body(files=[f for body in bodies for f in body.files])
    mixed = any(body.rich for body in bodies)
    for body in bodies:
        plain = body.plain or [text_of_html(rich, Flaws()) for rich in body.rich]
        made.plain += plain
        if mixed:
            made.rich += body.rich or [f"<pre>{html.escape(text)}</pre>" for text in body.plain if text]
    return made


def _is_text(part: Part) -> bool:
    if part.disposition.value == "attachment" or part.disposition.get("filename") or part.kind.get("name"):
        return False
    return part.content_type in (
        "text/plain",
        "text/html",
        "text/enriched",
        "text/markdown",
        "text/x-amp-html",
    )


def _text(part: Part, flaws: Flaws) -> str:
    raw = part.content(flaws)
    declared = part.kind.get("charset")
    if not declared and part.content_type == "text/html" and (meta := _META.search(raw[:4_096])):
        declared = meta.group(1).decode("ascii")
    read = charsets.decode(raw, declared)
    _tell(raw, declared, read, flaws)
    return read.text


def _tell(raw: bytes, declared: str, read: charsets.Decoded, flaws: Flaws) -> None:
    """Note where the character set was not as said."""
    if read.lost:
        flaws.add("characters-lost")
    if raw.isascii():
        return
    codec = charsets.codec_of(declared) if declared else None
    if not declared:
        flaws.add("charset-missing")
    elif codec is None:
        flaws.add("charset-unknown", declared)
    elif codec != read.charset and not read.charset.startswith(codec):
        flaws.add("charset-wrong", declared)


def _unflowed(text: str, part: Part) -> str:
    """Lines of format=flowed joined again (RFC 3676)."""
    if part.kind.get("format").lower() != "flowed":
        return text
    tight = part.kind.get("delsp").lower() == "yes"
    made: list[str] = []
    joining = False
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line[1:] if line.startswith(" ") else line
        if joining and not bare.startswith(">") and bare not in ("-- ", "--"):
            made[-1] += bare
        else:
            made.append(bare)
        joining = bare.endswith(" ") and bare != "-- " and not bare.startswith(">")
        if joining and tight:
            made[-1] = made[-1][:-1]
    return "\n".join(made)


def _cut(text: str, limit: int, flaws: Flaws) -> str:
    if len(text) > limit:
        flaws.add("text-cut")
    return text[:limit]
