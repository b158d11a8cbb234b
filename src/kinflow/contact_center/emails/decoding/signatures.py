"""The end of a mail that is not its message: signature, closing, "Sent from my …", list footer."""

import re
from collections.abc import Sequence

_DELIMITER = re.compile(r"^\s{0,2}(?:--|—|——|–)\s*$")
_RULE = re.compile(r"^\s*[-_=*—]{8,200}\s*$")
_DEVICE = re.compile(
    r"(?i)^\s*[(（\[]?(?:sent from (?:my|the|yahoo|outlook|mail|samsung|aol)\b[^,;.!?。，]{0,60}|sent (?:with"
    r"|via|using) .{2,80}"
    r"|get outlook for .{2,80}|via mobile|发自.{0,20}|从我的.{1,20}发送|来自我的.{1,30}|发送自.{1,40}"
    r"|获取 ?outlook.{0,60}"
    r"|寄件.{0,6}iphone|von meinem .{2,40} gesendet|gesendet (?:von|mit) .{2,40}"
    r"|envoyé de(?:puis)? mon .{2,40}"
    r"|enviado (?:desde|do) m.{2,40}|отправлено (?:с|из) .{2,40}"
    r"|iphoneから送信)[)）\]]?\s*(?:<?https?://\S+>?)?\s*$"
)
_DEVICE_WORDS = 7
_CLOSING = re.compile(
    r"(?i)^\s*(?:(?:with )?(?:best|kind|warm|kindest|warmest)(?: regards| wishes)?|(?:best |kind "
    r"|warm )?regards|yours(?: sincerely"
    r"| faithfully| truly)?|sincerely(?: yours)?|respectfully|cheers|mit freundlichen grüßen"
    r"|freundliche grüße|viele grüße|mfg"
    r"|cordialement|bien à vous|saludos(?: cordiales)?|atentamente|с уважением|此致(?:敬礼)?|敬礼|致礼|敬上"
    r"|祝好|祝您.{1,8}"
    r"|顺祝商祺|顺颂商祺|商祺|此颂|即颂|よろしくお願いします)\s*[,，.。!！]*\s*$"
)
_THANKS = re.compile(
    r"(?i)^\s*(?:thanks(?: again| a lot| and regards| & regards)?|thank you(?: very much)?|many thanks|thx"
    r"|danke|merci|gracias"
    r"|谢谢|多谢|感谢|谢谢您|谢谢你|спасибо)\s*[,，.。!！~]*\s*$"
)
_DASHED_NAME = re.compile(r"^\s*(?:-|--|—)\s?[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,3}\s*$")
_CONTACT = re.compile(
    r"(?i)[^\s@]{1,64}@[^\s@]{1,64}\.\w{2,10}|^(?:https?://|www\.)\S+|(?:^|\b)(?:tel|phone|mobile|mob|cell"
    r"|fax|skype|wechat|qq|e-?mail"
    r"|web|t|m|f|p)\s*[.:：]|电话|手机|传真|邮箱|邮编|地址|网址|微信|^\W{0,2}\+?[\d(][\d\s().-]{6,20}$"
)
LONGEST_TAIL = 15
LONGEST_LINE = 70


def without_signature(lines: Sequence[str], sender_name: str = "") -> list[str]:
    """The lines without what follows the message; never nothing where there was something."""
    kept = _trimmed(lines)
    for cut in (_at_delimiter, _at_device, _at_closing, _at_contact_block, _at_dashed_name, _at_device):
        found = cut(kept, sender_name)
        if found is not None and any(line.strip() for line in kept[:found]):
            kept = _trimmed(kept[:found])
    return kept


def _trimmed(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip(" \t_-"):
        kept.pop()
    return kept


def _short(tail: Sequence[str], longest: int = LONGEST_TAIL) -> bool:
    """Whether lines could be a signature: few, and each short."""
    filled = [line for line in tail if line.strip()]
    return len(filled) <= longest and all(len(line) <= LONGEST_LINE for line in filled)


def _at_delimiter(lines: Sequence[str], _name: str) -> int | None:
    """The first "-- ", or a rule above nothing but short lines."""
    for position, line in enumerate(lines):
        if _DELIMITER.match(line) or (_RULE.match(line) and _short(lines[position + 1 :])):
            return position
    return None


def _at_device(lines: Sequence[str], _name: str) -> int | None:
    for position in range(len(lines) - 1, max(-1, len(lines) - 6), -1):
        line = lines[position]
        if len(line) <= 200 and _DEVICE.match(line) and len(line.split()) <= _DEVICE_WORDS + 3:
            return position if _short(lines[position + 1 :], 3) else None
    return None


def _at_closing(lines: Sequence[str], _name: str) -> int | None:
    for position in range(max(0, len(lines) - LONGEST_TAIL), len(lines)):
        line, tail = lines[position], lines[position + 1 :]
        if len(line) > LONGEST_LINE:
            continue
        thanks = _THANKS.match(line) and any(t.strip() for t in tail) and not _ends_as_sentence(tail)
        if (_CLOSING.match(line) or thanks) and _short(tail, 8 if thanks else LONGEST_TAIL):
            return position
    return None


def _ends_as_sentence(tail: Sequence[str]) -> bool:
    """Whether the lines go on as a message: questions and sentences are no signature."""
    return any(line.rstrip().endswith(("?", "？", "。", "!", "！")) for line in tail)


def _at_contact_block(lines: Sequence[str], name: str) -> int | None:
    """The last paragraph, where it is mostly ways to reach somebody, or begins with the sender's name."""
    start = len(lines)
    while start > 0 and lines[start - 1].strip():
        start -= 1
    block = [line.strip() for line in lines[start:]]
    if start == 0 or not block or not _short(block, 10):
        return None
    reach = sum(bool(_CONTACT.search(line)) for line in block)
    if name and block[0].strip(" -,.，。").casefold() in _forms(name):
        return start
    return start if reach >= 2 and reach * 3 >= len(block) else None


def _forms(name: str) -> set[str]:
    """How a sender signs: the full name, or its first word where that is no single letter."""
    words = name.casefold().replace(",", " ").split()
    return {name.casefold(), " ".join(words), *(words[:1] if words and len(words[0]) > 1 else [])}


def _at_dashed_name(lines: Sequence[str], _name: str) -> int | None:
    if len(lines) < 2 or not _DASHED_NAME.match(lines[-1][:LONGEST_LINE]):
        return None
    before = next((line for line in reversed(lines[:-1]) if line.strip()), "")
    return None if before.lstrip().startswith("-") else len(lines) - 1
