"""Which records are like some others: by index, with a few queries for many records at once."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db import connection

from ..contacts.models import Contact
from ..contacts.rules import CALLED
from .rules import CHAT, CHATS, EMAIL, NAME, PHONE, Named, Pair, key_of, may_share, strongest

MOST = 50
"""A value that more records share than this says nothing of who they are."""
MOST_COLLEAGUES = 200

_SHARING = (
    "SELECT mine.contact_id, theirs.contact_id, mine.kind FROM customers_contactpoint mine, LATERAL ("
    " SELECT contact_id FROM customers_contactpoint WHERE value = mine.value AND kind = ANY("
    " CASE WHEN mine.kind = ANY(%s) THEN %s ELSE ARRAY[mine.kind] END) LIMIT %s) AS theirs"
    " WHERE mine.contact_id = ANY(%s) AND mine.kind = ANY(%s) AND theirs.contact_id <> mine.contact_id"
)
_COLLEAGUES = (
    "SELECT wanted, found.id, family_name, given_name FROM unnest(%s::bigint[]) AS wanted, LATERAL ("
    " SELECT id, family_name, given_name FROM customers_contact WHERE account_id = wanted AND erased_at IS NULL"
    " ORDER BY id DESC LIMIT %s) AS found"
)
_ACCOUNTS = (
    "SELECT mine.id, theirs.id, theirs.reason FROM customers_account mine, LATERAL ("
    " (SELECT id, parent_id, 'name' AS reason FROM customers_account WHERE key = mine.key AND mine.key <> ''"
    "  AND (country IN (mine.country, '') OR mine.country = '') LIMIT %s)"
    " UNION ALL (SELECT id, parent_id, 'phone' FROM customers_account"
    "  WHERE phone = mine.phone AND mine.phone <> '' LIMIT %s)"
    ") AS theirs WHERE mine.id = ANY(%s) AND theirs.id <> mine.id"
    " AND mine.parent_id IS DISTINCT FROM theirs.id AND theirs.parent_id IS DISTINCT FROM mine.id"
)


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def like_contacts(ids: Collection[int]) -> Mapping[Pair, str]:
    """The pairs of these contacts: with one address, one number and no other name, or one name at one firm."""
    called = list(CALLED)
    shared = _rows(_SHARING, [called, called, MOST + 1, list(ids), [*called, EMAIL, *CHATS]])
    named = {
        pk: (family, given)
        for pk, family, given in Contact.objects.filter(
            pk__in={pk for mine, theirs, _kind in shared for pk in (mine, theirs)}, erased_at=None
        ).values_list("pk", "family_name", "given_name")
    }
    found: list[tuple[Pair, str]] = []
    for mine, theirs, kind in _telling(shared):
        if mine not in named or theirs not in named:
            continue
        if kind not in CALLED or may_share(named[mine], named[theirs]):
            found.append(((mine, theirs), PHONE if kind in CALLED else CHAT if kind in CHATS else EMAIL))
    return strongest([*found, *_namesakes(ids)])


def _telling(shared: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What was found, but for values that too many share."""
    counts: dict[tuple[int, str], int] = {}
    for mine, _theirs, kind in shared:
        counts[mine, kind] = counts.get((mine, kind), 0) + 1
    return [row for row in shared if counts[row[0], row[2]] < MOST]


def _namesakes(ids: Collection[int]) -> list[tuple[Pair, str]]:
    """People of one name at one account."""
    wanted = set(ids)
    accounts = set(
        Contact.objects.filter(pk__in=wanted, erased_at=None)
        .exclude(account=None)
        .values_list("account_id", flat=True)
    )
    alike: dict[tuple[int, str], list[int]] = {}
    for account, pk, family, given in (
        _rows(_COLLEAGUES, [list(accounts), MOST_COLLEAGUES]) if accounts else ()
    ):
        name: Named = (family, given)
        if family and given:
            alike.setdefault((account, key_of(name)), []).append(pk)
    pairs = [pair for group in alike.values() for pair in pairwise(sorted(group))]
    return [(pair, NAME) for pair in pairs if wanted & set(pair)]


def like_accounts(ids: Collection[int]) -> Mapping[Pair, str]:
    """The pairs that these accounts belong to: of one name in one country, or with one number; none with their parent."""
    found = _rows(_ACCOUNTS, [MOST + 1, MOST + 1, list(ids)])
    counts: dict[tuple[int, str], int] = {}
    for mine, _theirs, reason in found:
        counts[mine, reason] = counts.get((mine, reason), 0) + 1
    return strongest(
        ((mine, theirs), reason) for mine, theirs, reason in found if counts[mine, reason] < MOST
    )
