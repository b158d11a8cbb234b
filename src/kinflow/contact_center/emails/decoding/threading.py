"""How a mail stands to others, and when it was sent: message numbers and dates."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from .flaws import Flaws
from .headers import Headers, text_of
from .limits import Limits
from .lines import one_line

LONGEST_ID = 300
_ID = re.compile(r"<([^<>]{1,998})>")
_BARE_ID = re.compile(r"[^<>\s,;\"()]{1,500}@[^<>\s,;\"()]{1,490}")


def message_ids(raw: bytes, limits: Limits) -> tuple[str, ...]:
    """The message numbers in a header, without brackets, each once; of too many the first and the last."""
    text = text_of(raw)
    found = _ID.findall(text) or _BARE_ID.findall(text)
    cleaned = list(filter(None, dict.fromkeys(_cleaned_id(one) for one in found)))
    if len(cleaned) > limits.references:
        return (cleaned[0], *cleaned[-(limits.references - 1) :])
    return tuple(cleaned)


def message_id(headers: Headers, limits: Limits, flaws: Flaws) -> str:
    """The mail's own number; empty where it has none."""
    found = message_ids(headers.raw("message-id"), limits)
    if found:
        return found[0]
    given = _cleaned_id(headers.text("message-id")).strip("<>")
    if not given:
        flaws.add("id-missing")
    return given


def _cleaned_id(given: str) -> str:
    return re.sub(r"\([^()]*\)|\s", "", one_line(given))[:LONGEST_ID]


def sent_at(headers: Headers, flaws: Flaws) -> datetime | None:
    """When it says it was sent, with its offset; None where that cannot be understood."""
    given = one_line(headers.text("date"))[:200]
    if not given:
        flaws.add("date-missing")
        return None
    moment = _moment(given)
    if moment is None:
        flaws.add("date-wrong", given)
    return moment


def _moment(given: str) -> datetime | None:
    plain = re.sub(r"\([^()]*\)", " ", given)
    plain = re.sub(r"\s*:\s*", ":", plain)
    try:
        found = parsedate_tz(plain)
        if found is None:
            return None
        offset = timezone(timedelta(seconds=found[9])) if found[9] else UTC
        moment = datetime(*found[:6], tzinfo=offset)
        return moment if 1970 <= moment.year <= 2100 else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
