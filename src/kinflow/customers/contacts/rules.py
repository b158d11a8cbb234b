"""What a way to reach a contact must look like, in one form for each; and their birthday."""

from datetime import date

from kinflow.kit import birthdays
from kinflow.kit.emails import normalised
from kinflow.kit.phones import e164

CALLED = ("phone", "mobile")
LONGEST = 300
MAIN_OF = {"email": "email", "phone": "phone", "mobile": "phone"}
"""The field of the contact that repeats the main point of a kind."""


def one_form(kind: str, given: str, region: str = "CN") -> str | None:
    """The value in the one form of its kind (E.164, small-letter address); None where it is not of that kind.

    `region` (ISO 3166) says whose number a phone number without country code is.

    >>> one_form("mobile", "138 0013 8000"), one_form("email", "Li@Example.com"), one_form("qq", " 10001 ")
    ('+8613800138000', 'li@example.com', '10001')
    """
    text = given.replace("\x00", "").strip()
    if kind == "email":
        return normalised(text)
    if kind in CALLED:
        return e164(text, region or "CN")
    return text if 0 < len(text) <= LONGEST else None


def birthday_of(given: str, today: date) -> str | None:
    """The birthday in its one form, "1980-03-06" or "03-06"; None for what is no day, or one still to come.

    >>> birthday_of("1980年3月6日", date(2026, 1, 1)), birthday_of("2027-03-06", date(2026, 1, 1))
    ('1980-03-06', None)
    """
    found = birthdays.one_form(given)
    return None if found is None or (len(found) == len("1980-03-06") and found > today.isoformat()) else found
