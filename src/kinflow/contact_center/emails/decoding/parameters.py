"""Values with parameters, such as Content-Type: RFC 2231 continuations and character sets, and what mailers
make of them."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from kinflow.kit import charsets

from .headers import decoded, text_of

# A value in quotation marks, or anything up to the next semicolon: mailers leave the marks out.
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', re.DOTALL)
_NUMBERED = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*?)$")


@dataclass(frozen=True)
class Parametered:
    """A value in lower case, and its parameters by lower-case names."""

    value: str
    parameters: dict[str, str]

    def get(self, name: str) -> str:
        """The parameter; empty where it is not given."""
        return self.parameters.get(name, "")


def parametered(raw: bytes) -> Parametered:
    """Read a header's value with its parameters."""
    text = text_of(raw)
    value = re.split(r"[;\s]", text.strip(), maxsplit=1)[0].strip('"').lower()
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, quoted, bare in _PARAMETER.findall(";" + text.partition(";")[2]):
        named = _NUMBERED.match(name.lower())
        if named:
            content = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare.strip()
            piece = (int(named.group(2) or 0), bool(named.group(3)), content)
            pieces.setdefault(named.group(1), []).append(piece)
    return Parametered(value, {name: _joined(found) for name, found in pieces.items()})


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """One parameter from its numbered pieces; percent-coded bytes in the character set that the first one
    names."""
    if not any(coded for _, coded, _ in pieces):
        plain = pieces[0][2] if len(pieces) == 1 else "".join(text for _, _, text in _in_order(pieces))
        return decoded(plain)
    charset, raw = "", b""
    for position, (_, coded, text) in enumerate(_in_order(pieces)):
        if coded and position == 0 and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        raw += unquote_to_bytes(text) if coded else text.encode("utf-8", "surrogatepass")
    return decoded(charsets.decode(raw, charset).text)


def _in_order(pieces: list[tuple[int, bool, str]]) -> list[tuple[int, bool, str]]:
    """The pieces by number, each number once: a name that is also given uncoded is not appended to."""
    coded = [p for p in pieces if p[1]] or pieces
    numbers = {p[0] for p in coded}
    return sorted([*coded, *(p for p in pieces if not p[1] and p[0] not in numbers)], key=lambda p: p[0])
