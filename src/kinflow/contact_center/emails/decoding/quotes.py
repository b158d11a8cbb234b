"""What of a mail's text was written before: quoted lines, and old mails below a separator or a block of
headers.

Line by line and with bounded patterns, so that the time is linear in the text whatever it holds. Knows how
mail programs
in Western languages, Chinese, Japanese, Korean and Russian introduce what they quote.
"""

import re
from collections.abc import Sequence

LONGEST = 400  # characters of an introduction; longer lines are text
_QUOTED = re.compile(r"[ \t]{0,3}[>＞]")
_RULE = re.compile(r"^[\s>*]*[-—–_=*~·]{2,80}")
_SEPARATOR_WORDS = re.compile(
    r"(?i)original (?:message|mail|e-?mail|appointment)|^original$|forwarded (?:message|mail|by\b)"
    r"|replied message"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|message d.origine|message transféré"
    r"|mensaje (?:original|reenviado)"
    r"|mensagem original|messaggio originale|oorspronkelijk bericht|исходное сообщение|пересылаемое сообщение"
    r"|原始邮件|原邮件|邮件原件|原始信息|原始消息|原始郵件|原始訊息|转发(?:的)?(?:邮件|消息|信息)|轉寄郵件"
    r"|元のメッセージ|원본 메시지"
)
_FORWARD = re.compile(
    r"(?i)^[\s>]*(?:begin forwarded message|anfang der weitergeleiteten (?:e-?mail|nachricht)"
    r"|début du message réexpédié"
    r"|inicio del mensaje reenviado|下面是被?转发的邮件|开始转发的?邮件)\s*[:：]\s*$"
)
_HEADER = re.compile(
    r"(?i)^[\s*|_]{0,6}(?:(?P<who>from|von|de|da|van|från|от|发件人|發件人|寄件者|差出人|보낸 사람)"
    r"|(?P<when>sent|date|received|gesendet|datum|envoyé|fecha|enviado(?: el)?|data|verzonden|skickat|дата"
    r"|отправлено"
    r"|发送时间|发送日期|发件时间|日期|时间|寄件日期|日期|送信日時|날짜)"
    r"|(?P<what>subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|тема|主[\s\u3000]*题|主旨|件名"
    r"|제목)"
    r"|(?P<to>to|cc|bcc|an|à|para|aan|till|kopie|кому|копия|收件人|抄送|抄送人|收件者|副本|宛先|받는 사람"
    r"|reply-to|回复|importance|priority"
    r"|重要性|attachments?|附件))[\s*]{0,4}[:：|]"
)
_WROTE = re.compile(
    r"(?i)(?:\bwrote|\bwrites|\bschrieb\b.{0,100}|a écrit|escribió|escreveu|ha scritto|schreef|geschreven"
    r"|\bskrev\b.{0,100}"
    r"|napisał(?:a|\(a\))?|написал(?:а|\(а\))?|пишет|写道|寫道|来信说|書きました|のメール"
    r"|님이 작성)\s*[:：]\s*$"
)
_PLACE_OR_TIME = re.compile(
    r"(?i)[^\s<>]@[^\s<>]|\d{1,4}[-/.年]\s?\d{1,2}|\d{1,2}:\d{2}|\b\d{4}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_SHORT_INTRO = re.compile(r"^\d{4}[/-]\d{1,2}[/-]\d{1,2} .{0,100}<[^<>\s]{1,250}>$")
_STARTS = re.compile(r"(?i)^[\s*]{0,4}(?:on|at|in|le|am|el|em|il|op|den|在|于|於|\d)")


def without_quotes(lines: Sequence[str]) -> list[str]:
    """The lines that were written now; all of an old mail below a separator is left out."""
    kept: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if _QUOTED.match(line):
            position += 1
        elif _is_separator(line) or _is_header_block(lines, position):
            break
        elif length := _intro_length(lines, position):
            position += length
            if not _is_quoted_next(lines, position):
                break
        else:
            kept.append(line)
            position += 1
    return kept


def _is_separator(line: str) -> bool:
    """Such as "-----Original Message-----", "------------------ 原始邮件 ------------------"."""
    if len(line) > 200:
        return False
    if rule := _RULE.match(line):
        return bool(_SEPARATOR_WORDS.search(line[rule.end() :].strip(" -—–_=*~·\t")))
    return bool(_FORWARD.match(line))


def _is_header_block(lines: Sequence[str], position: int) -> bool:
    """Headers of an old mail: who, when, what within a few lines, the first of them here."""
    first = _HEADER.match(lines[position][:LONGEST])
    if not first:
        return False
    seen = {first.lastgroup}
    for line in lines[position + 1 : position + 8]:
        found = _HEADER.match(line[:LONGEST])
        if found:
            seen.add(found.lastgroup)
        elif not line.strip() and len(seen) > 1:
            break
    return "who" in seen and len(seen) >= 3 or seen >= {"who", "when"} or seen >= {"who", "what", "to"}


def _intro_length(lines: Sequence[str], position: int) -> int:
    """How many lines an introduction such as "On …, X wrote:" takes here; 0 where none stands."""
    joined = ""
    for length in (1, 2, 3):
        if position + length > len(lines):
            return 0
        line = lines[position + length - 1].strip(" \t*_")
        if not line or (length > 1 and _QUOTED.match(line)):
            return 0
        if length == 2 and not _begins_intro(joined):
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > LONGEST:
            return 0
        if _is_intro(joined, quoted_next=_is_quoted_next(lines, position + length)):
            return length
    return 0


def _begins_intro(line: str) -> bool:
    """Whether a first line that is wrapped looks like the beginning of an introduction, not like a
    greeting."""
    return bool(_STARTS.match(line) or "<" in line) and bool(_PLACE_OR_TIME.search(line))


def _is_intro(text: str, *, quoted_next: bool) -> bool:
    placed = bool(_PLACE_OR_TIME.search(text))
    if _WROTE.search(text) and (placed or quoted_next):
        return bool(_STARTS.match(text)) or quoted_next or "@" in text
    if not quoted_next:
        return False
    return bool(_SHORT_INTRO.match(text)) or (placed and text.endswith((":", "：")))


def _is_quoted_next(lines: Sequence[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 3] if line.strip()), "")
    return bool(_QUOTED.match(following))
