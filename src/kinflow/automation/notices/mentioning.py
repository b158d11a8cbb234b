"""Who is meant by “@name” in a text."""

import re
from collections.abc import Iterable

from django.db.models import Q

from kinflow.organisation.people.models import Person
from kinflow.organisation.users.models import User

_CALL = re.compile(r"(?<![A-Za-z0-9_.+-])@([^\s@][^@\n]{0,59})")
_WORD = re.compile(r"[\w.+-]+")
MOST_CALLS = 20
LONGEST_FAMILY_NAME = 4  # characters, where it is written without a blank behind


def people_called(text: str) -> list[Person]:
    """The people a text calls by “@” and their full name or their sign-in name, each once, in order of number."""
    calls = [match[1] for match in _CALL.finditer(text)][:MOST_CALLS]
    if not calls:
        return []
    found = {p.pk: p for p in _candidates(calls) if any(_is_called(p, call) for call in calls)}
    return [found[pk] for pk in sorted(found)]


def _candidates(calls: Iterable[str]) -> list[Person]:
    words: set[str] = set()
    logins: set[str] = set()
    for call in calls:
        parts = _WORD.findall(call)
        words.update(parts[:4])
        words.update(call[:length] for length in range(1, LONGEST_FAMILY_NAME + 1))
        logins.update(part.rstrip(".,") for part in parts[:1])
    users = User.objects.filter(username__in=logins, is_active=True).values("person_id")
    rows = Person.objects.filter(Q(family_name__in=words) | Q(pk__in=users), left_on=None)
    return list(rows.select_related("user", "unit"))


def _is_called(person: Person, call: str) -> bool:
    user = getattr(person, "user", None)
    names = {person.name, f"{person.family_name}{person.given_name}"}
    if any(name and call.startswith(name) and _ends(call, name) for name in names):
        return True
    word = _WORD.match(call)
    return user is not None and word is not None and word[0].rstrip(".,") == user.username


def _ends(call: str, name: str) -> bool:
    """Whether the name ends there: behind Latin letters no further letter may stand; Chinese needs no blank."""
    rest = call[len(name) :]
    return not (rest and name[-1].isascii() and rest[0].isalnum() and rest[0].isascii())
