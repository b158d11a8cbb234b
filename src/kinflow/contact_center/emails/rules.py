"""What an e-mail says about itself: subjects of replies, numbers of cases, languages, private mail domains."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATUSES = [
    ("new", pgettext_lazy("status of an e-mail", "New")),
    ("open", pgettext_lazy("status of an e-mail", "Open")),
    ("answered", _("Answered")),
    ("ignored", _("No answer needed")),
]
UNANSWERED = ("new", "open")

FREE_MAIL = frozenset(
    {
        *(
            "126.com",
            "139.com",
            "163.com",
            "189.cn",
            "aliyun.com",
            "foxmail.com",
            "qq.com",
            "sina.cn",
            "sina.com",
        ),
        *(
            "sohu.com",
            "tom.com",
            "vip.163.com",
            "vip.qq.com",
            "vip.sina.com",
            "wo.cn",
            "yahoo.com.cn",
            "yeah.net",
        ),
        *(
            "aol.com",
            "gmail.com",
            "gmx.com",
            "gmx.de",
            "gmx.net",
            "googlemail.com",
            "hotmail.com",
            "icloud.com",
        ),
        *(
            "live.cn",
            "live.com",
            "mac.com",
            "mail.com",
            "mail.ru",
            "me.com",
            "msn.com",
            "naver.com",
            "outlook.com",
        ),
        *("proton.me", "protonmail.com", "web.de", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de"),
        *("yandex.com", "yandex.ru", "zoho.com"),
    }
)
"""Domains where anybody has an address, so that the domain says nothing about the company."""

_PREFIX = re.compile(
    r"\s*(?:(?P<reply>re|aw|sv|antw|回复|答复|回覆|答覆)|fwd?|wg|tr|转发|轉發|轉寄)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_MOST_PREFIXES = 20


def bare_subject(subject: str) -> tuple[str, bool]:
    """The subject without "Re:", "回复：", "Fwd:" and their like, and whether it says that it is a reply."""
    is_reply = False
    for _each in range(_MOST_PREFIXES):
        found = _PREFIX.match(subject)
        if found is None:
            break
        is_reply = is_reply or found["reply"] is not None
        subject = subject[found.end() :]
    return subject.strip(), is_reply


def numbers_in(subject: str, prefix: str) -> list[int]:
    """The record numbers such as C-1042 in a subject, in their order, each once."""
    pattern = rf"(?<![A-Za-z0-9-]){re.escape(prefix)}-([1-9][0-9]{{0,17}})(?![0-9A-Za-z])"
    return list(dict.fromkeys(int(found) for found in re.findall(pattern, subject, re.ASCII)))


def language_of(text: str) -> str:
    """The language of a text by its script: ja, ko, zh, en; empty where that does not tell."""
    sample = text[:4000]
    if re.search(r"[\u3040-\u30ff]", sample):
        return "ja"
    if re.search(r"[\uac00-\ud7af]", sample):
        return "ko"
    if len(re.findall(r"[\u4e00-\u9fff]", sample)) * 10 > len(re.findall(r"[A-Za-z]", sample)):
        return "zh"
    letters = re.findall(r"[^\W\d_]", sample)
    return "en" if letters and all(letter.isascii() for letter in letters) else ""
