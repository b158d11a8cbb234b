"""Which character set some bytes are written in, and reading them without ever failing."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

SAMPLE_BYTES = 64 * 1024
FEW_PAIRS = 8  # below, statistics over characters say little

# What mails and files say, and the larger set that their writers really use.
LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "big5": "cp950",
}
NAMES = {
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "gb_2312-80": "gb18030",
    "chinesegb": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-windows-949": "cp949",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "windows-874": "cp874",
    "x-big5": "cp950",
    "unicode-1-1-utf-7": "utf-7",
    "x-utf-8": "utf-8",
    "utf-8-mac": "utf-8",
}
_TEXT_CODEC = re.compile(
    r"(?:utf-?(?:7|8|8-sig|16|16-[bl]e|32|32-[bl]e)|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gbk?|gb2312"
    r"|gb18030"
    r"|hz|big5(?:hkscs)?|euc_\w+|shift_jis\w*|iso2022_\w+|johab|tis-620|ptcp154|kz1048)"
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAIR = re.compile(
    rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x80-\xff]"
)
_WESTERN = frozenset("äöüßÄÖÜéèêëÉÈàâÀçÇîïíôóûùúñÑáÁãõåÅæÆøØœ€£’‘“”–—…•®™©°´«»¿¡ºª§·×½¼\xa0".encode("cp1252"))
_OTHERS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "cp932", "euc_jp", "cp949", "cp950"]


@dataclass(frozen=True)
class Decoded:
    """Text, the character set it was read with, and how many characters could not be read."""

    text: str
    charset: str
    lost: int = 0


def codec_of(name: str) -> str | None:
    """The codec for a character set's name as mails and files give it; None for unknown or unsafe ones."""
    plain = name.strip().strip("\"'").lower().split("*")[0]
    plain = NAMES.get(plain, plain)
    try:
        codec = codecs.lookup(plain).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if not _TEXT_CODEC.fullmatch(codec):
        return None
    return LARGER.get(codec, codec)


def mark_of(raw: bytes) -> str | None:
    """The codec that a byte order mark at the start tells, if there is one."""
    return next((codec for mark, codec in _MARKS if raw.startswith(mark)), None)


def chinese_share(raw: bytes) -> float:
    """How much of the non-ASCII in `raw` looks like simplified Chinese text in GB18030, from 0 to 1.

    Counts pairs of the punctuation rows and of the 3,755 common characters (GB 2312, level 1), which make up
    nearly all
    of any Chinese text, against everything that is not ASCII.
    """
    good = total = 0
    for pair in _PAIR.findall(raw):
        total += 1
        if len(pair) == 2 and pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or 0xA1 <= pair[0] <= 0xA3):
            good += 1
    return good / total if total else 0.0


def detect(raw: bytes) -> str:
    """The most likely codec of bytes of unknown origin; always one that Python has."""
    if marked := mark_of(raw):
        return marked
    sample = raw[:SAMPLE_BYTES]
    if wide := wide_of(sample):
        return wide
    if readable(sample, "utf-8", cut=len(raw) > len(sample)):
        return "iso2022_jp" if re.search(rb"\x1b(?:\$[@B]|\([BJ])", sample) else "utf-8"
    telling = _telling_lines(sample)
    enough = 0.85 if len(_PAIR.findall(telling)) > FEW_PAIRS else 0.6
    if chinese_share(telling) >= enough and not _korean(telling):
        return "gb18030"
    if _western(telling):
        return "cp1252"
    return _by_statistics(telling) or ("gb18030" if chinese_share(telling) >= 0.6 else "cp1252")


def decode(raw: bytes, declared: str = "") -> Decoded:
    """The text of `raw`: as declared where that is right, else as detected; bytes that fit nothing become
    U+FFFD."""
    codec = codec_of(declared) if declared else None
    if codec is None or _contradicts(raw, codec):
        codec = detect(raw)
    marked = mark_of(raw)
    if marked and codec.startswith("utf"):
        codec = marked
    try:
        return Decoded(_without_mark(raw.decode(codec)), codec)
    except (UnicodeError, ValueError):
        text = _without_mark(raw.decode(codec, "replace"))
        return Decoded(text, codec, text.count("\ufffd"))


def readable(raw: bytes, codec: str, *, cut: bool = False) -> bool:
    """Whether all of `raw` is valid in the codec; `cut` says that its last character may be incomplete."""
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(raw, not cut)
    except (UnicodeError, ValueError):
        return False
    return True


def _without_mark(text: str) -> str:
    return text[1:] if text.startswith("\ufeff") else text


def _contradicts(raw: bytes, codec: str) -> bool:
    """Whether the bytes show that they are not what was declared."""
    if raw.isascii():
        return False
    if codec == "utf-8":
        return not readable(raw, codec) and _mostly_lost(raw)
    if codec in ("cp1252", "gb18030", "cp949", "cp932", "cp950") and readable(raw, "utf-8"):
        return True
    if codec == "cp1252":
        return chinese_share(raw) >= 0.9 and len(_PAIR.findall(raw[:200])) > 3
    return False


def _mostly_lost(raw: bytes) -> bool:
    """Whether reading as UTF-8 would lose more characters beyond ASCII than it saves."""
    text = raw[:SAMPLE_BYTES].decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return lost > sum(character > "\x7f" for character in text) - lost


def _western(raw: bytes) -> bool:
    """Whether every byte beyond ASCII is a letter or sign usual in Western European text."""
    return all(byte < 0x80 or byte in _WESTERN for byte in raw)


def wide_of(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of mostly Latin text is zero."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.4 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _telling_lines(sample: bytes) -> bytes:
    """Only the lines that are not plain ASCII: the others say nothing."""
    return b"\n".join(line for line in sample.splitlines() if not line.isascii()) or sample


def _korean(raw: bytes) -> bool:
    """Whether text that could be Chinese reads as Korean: its characters stand in few rows and between
    spaces."""
    pairs = [p for p in _PAIR.findall(raw) if len(p) == 2 and p[1] >= 0xA1]
    hangul = sum(0xB0 <= p[0] <= 0xC8 for p in pairs)
    return len(pairs) >= 8 and hangul >= 0.93 * len(pairs) and raw.count(b" ") * 6 > len(pairs)


def _by_statistics(raw: bytes) -> str | None:
    best = from_bytes(raw, cp_isolation=[*_OTHERS], threshold=0.3).best()
    if best is None:
        return None
    codec = best.encoding
    return LARGER.get(codec, codec) if codec_of(codec) else None
