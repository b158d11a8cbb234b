"""What makes two contacts or two accounts most likely the same."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from kinflow.kit import names

EMAIL, PHONE, CHAT, NAME = "email", "phone", "chat", "name"
REASONS = [
    (EMAIL, _("same e-mail address")),
    (PHONE, _("same phone number")),
    (CHAT, _("same name in a chat service")),
    (NAME, _("same name")),
]
"""Why two are held for the same; the strongest first."""
ORDER = [reason for reason, _words in REASONS]
CHATS = ("wecom", "wechat", "qq", "dingtalk", "feishu", "whatsapp")

Pair = tuple[int, int]
Named = tuple[str, str]
"""Family name and given name."""


def may_share(one: Named, other: Named) -> bool:
    """Whether two who share a number can be the same: a number is shared by colleagues, who have other names.

    >>> may_share(("王", "建国"), ("王", "建国")), may_share(("王", "建国"), ("李", "娜"))
    (True, False)
    """
    mine, theirs = key_of(one), key_of(other)
    return not mine or not theirs or mine == theirs


def key_of(name: Named) -> str:
    """What spellings of a name have in common; empty without a name."""
    return names.person_key(*name) if any(name) else ""


def strongest(found: Iterable[tuple[Pair, str]]) -> Mapping[Pair, str]:
    """For each pair, the older record first, the strongest reason.

    >>> strongest([((2, 1), "name"), ((1, 2), "email")])
    {(1, 2): 'email'}
    """
    kept: dict[Pair, str] = {}
    for (one, other), reason in found:
        pair = (min(one, other), max(one, other))
        if one != other and (pair not in kept or ORDER.index(reason) < ORDER.index(kept[pair])):
            kept[pair] = reason
    return kept
