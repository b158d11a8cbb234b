"""Transfer encodings undone: base64, quoted-printable, uuencode, with the slips that mailers make."""

import base64
import binascii
import re

from .flaws import Flaws

_AS_IS = frozenset(
    ("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "8bits", "7bits", "plain", "ascii")
)
_UU = frozenset(("uuencode", "x-uuencode", "x-uue", "uue"))
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)


def undone(raw: bytes, encoding: str, flaws: Flaws) -> bytes:
    """The bytes that were encoded; where the encoding is unknown, or broken, what can be had."""
    encoding = re.split(r"[;\s]", encoding.strip().strip("\"'").lower(), maxsplit=1)[0]
    if encoding == "base64":
        return _from_base64(raw, flaws)
    if encoding.startswith("quoted") or encoding == "qp":
        return binascii.a2b_qp(raw)
    if encoding in _UU:
        return _from_uu(raw, flaws)
    if encoding not in _AS_IS:
        flaws.add("transfer-unknown", encoding)
    return raw


def _from_base64(raw: bytes, flaws: Flaws) -> bytes:
    letters = raw.translate(None, _NOT_BASE64)
    body, padding, rest = letters.partition(b"=")
    if rest.strip(b"="):
        return _from_base64_runs(letters, flaws)
    if padding == b"" and len(body) % 4:
        flaws.add("transfer-broken")
    if len(body) % 4 == 1:
        flaws.add("transfer-broken")
        body = body[:-1]
    return base64.b64decode(body + b"=" * (-len(body) % 4))


def _from_base64_runs(letters: bytes, flaws: Flaws) -> bytes:
    """Several encoded pieces put behind each other, each with its padding."""
    made = []
    for run in re.findall(rb"[^=]+", letters):
        if len(run) % 4 == 1:
            flaws.add("transfer-broken")
        whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
        made.append(base64.b64decode(whole + b"=" * (-len(whole) % 4)))
    return b"".join(made)


def _from_uu(raw: bytes, flaws: Flaws) -> bytes:
    made = []
    begun = False
    for line in raw.splitlines():
        if not begun:
            begun = line.startswith(b"begin ")
        elif line.strip() in (b"end", b"`"):
            break
        elif line:
            made.append(_uu_line(line, flaws))
    if not begun:
        flaws.add("transfer-broken")
        return raw
    return b"".join(made)


def _uu_line(line: bytes, flaws: Flaws) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            flaws.add("transfer-broken")
            return b""
