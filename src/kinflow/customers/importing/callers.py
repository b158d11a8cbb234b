"""What a row says of a person and a company, in the one form in which customers are matched and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit import names
from kinflow.kit.emails import normalised
from kinflow.records.importing.kinds import Row


@dataclass
class Caller:
    """Somebody in a row: who, where from, how to be reached. `points` are kind and value, `refusals` channels.

    `by_name_alone` says that a name without company and address is enough to look for them.
    """

    number: int
    family_name: str = ""
    given_name: str = ""
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    refusals: tuple[str, ...] = ()
    agrees: bool = False
    at: datetime | None = None
    person: dict[str, str] = field(default_factory=dict)
    firm: dict[str, Any] = field(default_factory=dict)
    notes: str = ""
    owner: Any = None
    by_name_alone: bool = False

    @cached_property
    def key(self) -> str:
        """What spellings of the name have in common; empty without a name."""
        return names.person_key(self.family_name, self.given_name) if self.is_named else ""

    @property
    def is_named(self) -> bool:
        """Whether there is a name at all."""
        return bool(self.family_name or self.given_name)

    @property
    def is_somebody(self) -> bool:
        """Whether there is a name, or a way to reach them."""
        return bool(self.is_named or self.emails or self.phones)

    @property
    def is_only_named(self) -> bool:
        """Whether a name is all that there is, and is to do."""
        return self.by_name_alone and not (self.company or self.emails or self.phones) and self.is_named

    @cached_property
    def firm_key(self) -> str:
        """What spellings of the company's name have in common."""
        return names.company_key(self.company)[:300] if self.company else ""


_PLACE = ("country", "province", "city")
_PERSON = ("title", "department", "language", "birthday", "source", *_PLACE)
_FIRM = ("industry", "website", "employees", "customer_since", *_PLACE)


def caller_of(row: Row, now: datetime) -> Caller:
    """What the row says of a customer; what cannot be an address goes to the row's notes."""
    values = row.values
    family, given = name_of(values)
    phones = [("mobile", one) for one in values.get("mobile", ())]
    phones += [("phone", one) for one in values.get("phone", ()) if ("mobile", one) not in phones]
    points = [(kind, values[kind][:300]) for kind in ("wechat", "qq") if values.get(kind)]
    points += [("other", one[:300]) for _kind, one in phones if not one.startswith("+")]
    company = values.get("company", "")
    if values.get("address") and not company:
        points.append(("address", values["address"][:300]))
    firm = {name: values[name] for name in _FIRM if values.get(name)}
    if company and values.get("address"):
        firm["address"] = values["address"]
    at = values.get("created_at")
    return Caller(
        number=row.number,
        family_name=family[:100],
        given_name=given[:100],
        company=company,
        emails=_emails(row),
        phones=tuple((kind, one) for kind, one in phones if one.startswith("+")),
        points=tuple(points),
        refusals=tuple(
            channel for name, channel in (("no_email", "email"), ("no_call", "phone")) if values.get(name)
        ),
        agrees=bool(values.get("consent")),
        at=at if at is not None and at <= now else None,
        person={name: values[name] for name in _PERSON if values.get(name)},
        firm=firm,
    )


def _emails(row: Row) -> tuple[str, ...]:
    found = []
    for given in row.values.get("email", ()):
        address = normalised(given)
        if address is None:
            row.notes.append(given)
        else:
            found.append(address)
    return tuple(dict.fromkeys(found))


def name_of(values: Mapping[str, Any]) -> tuple[str, str]:
    """Family name and given name: as given, else taken apart from the full name."""
    family, given = values.get("family_name", ""), values.get("given_name", "")
    if family or given:
        return family, given
    return names.split(values["full_name"]) if values.get("full_name") else ("", "")


def named(caller: Caller, values: Mapping[str, Any]) -> None:
    """Give somebody without name or address one: the company's name, else the number in the other system or the row's."""
    if caller.is_somebody:
        return
    if caller.company:
        caller.family_name = caller.company[:100]
    else:
        number = values.get("external_id") or caller.number
        caller.family_name = (_("Unnamed %(number)s") % {"number": number})[:100]


def people_of(texts: Sequence[str]) -> dict[str, Any]:
    """The people here who are called so, by name or e-mail; names that several share lead to nobody."""
    from kinflow.organisation.models import Person

    wanted = {text.strip().lower() for text in texts if text}
    found: dict[str, list[Any]] = {}
    for person in Person.objects.filter(left_on=None) if wanted else ():
        for text in {
            person.name.lower(),
            f"{person.given_name} {person.family_name}".lower(),
            person.email.lower(),
        }:
            if text in wanted:
                found.setdefault(text, []).append(person)
    return {text: people[0] for text, people in found.items() if len(people) == 1}
