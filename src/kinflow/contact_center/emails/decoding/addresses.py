"""Addresses in headers: read structure first, names after, so that nothing inside a name becomes an
address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .flaws import Flaws
from .headers import decoded, text_of
from .limits import Limits

_ADDRESS = re.compile(
    r"[^\s<>()\[\]\\,;:\"@]{1,64}@[^\s<>()\[\]\\,;:\"@]{1,189}|\"[^\"\\\s]{1,62}\"@[^\s<>()\\,;:\"@]{1,189}"
)
_LONGEST = 1_000  # characters of one entry


@dataclass(frozen=True)
class Address:
    """Who: a name as people write it, and an address; either may be empty."""

    name: str
    address: str


def addresses(raw: bytes, limits: Limits, flaws: Flaws, hint: str = "") -> tuple[Address, ...]:
    """The addresses of a header such as To; entries without a valid address are left out and told."""
    found: dict[str, Address] = {}
    for entry in _entries(text_of(raw, hint)):
        one = _one(entry)
        if not one.address:
            if one.name:
                flaws.add("address-wrong", one.name)
            continue
        if len(found) >= limits.addresses:
            flaws.add("addresses-cut")
            break
        found.setdefault(one.address.lower(), one)
    return tuple(found.values())


def sender(raw: bytes, flaws: Flaws, hint: str = "") -> Address:
    """The first address of From; where its address is not valid, its name alone."""
    entries = [_one(entry) for entry in _entries(text_of(raw, hint))]
    valid = next((one for one in entries if one.address), None)
    if valid:
        return valid
    named = next((one for one in entries if one.name), None)
    if named is None:
        flaws.add("sender-missing")
        return Address("", "")
    flaws.add("sender-wrong", named.name)
    return named


def _entries(text: str) -> Iterator[str]:
    """The entries of a list, cut at commas and semicolons that stand outside of quotes, brackets and
    comments."""
    start, depth, state = 0, 0, ""
    escaped = False
    for position, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif state == '"':
            state = "" if character == '"' else state
        elif character == "(":
            depth += 1
        elif depth:
            depth -= character == ")"
        elif state == "<":
            state = "" if character == ">" else state
        elif character in '"<':
            state = character
        elif character in ",;" or (
            character == ":" and "@" not in text[max(start, position - 70) : position]
        ):
            if character != ":":
                yield text[start:position][:_LONGEST]
            start = position + 1
    rest = text[start:]
    unclosed = bool(state or depth) and len(rest) > 1
    yield from _entries_without_structure(rest) if unclosed else [rest[:_LONGEST]]


def _entries_without_structure(text: str) -> Iterator[str]:
    """A list in which a quote or bracket is never closed: whatever looks like an address."""
    found = [match.group() for match in _ADDRESS.finditer(text[:10_000])]
    yield from found or [text[:_LONGEST]]


def _one(entry: str) -> Address:
    entry, comments = _without_comments(entry)
    before, bracket, inside = entry.rpartition("<")
    place = inside.partition(">")[0] if bracket else entry
    whole = re.sub(r"\s", "", place) if bracket else place.strip()
    match = _ADDRESS.fullmatch(whole.rstrip(".")) or _ADDRESS.search(place)
    name = before if bracket else ("" if match else entry)
    name = (decoded(_unquoted(name)) or decoded(" ".join(comments)))[:300]
    if not match:
        return Address(name or decoded(place)[:300], "")
    address = match.group()
    return Address("" if name.strip("'\" <>").lower() == address.lower() else name, address)


def _without_comments(entry: str) -> tuple[str, list[str]]:
    """The entry without its (comments), and these."""
    if "(" not in entry:
        return entry, []
    kept, comments, depth, quoted = [], [""], 0, False
    for character in re.sub(r"\\[()]", "", entry):
        if character == '"' and not depth:
            quoted = not quoted
        if not quoted and character == "(":
            depth += 1
        elif depth and character == ")":
            depth -= 1
            if not depth:
                comments.append("")
        elif depth:
            comments[-1] += character
        else:
            kept.append(character)
    return "".join(kept), [c.strip() for c in comments if c.strip()]


def _unquoted(name: str) -> str:
    name = name.strip()
    if len(name) >= 2 and name[0] == name[-1] == '"':
        name = name[1:-1]
    return re.sub(r"\\(.)", r"\1", name).replace('"', "").strip()
