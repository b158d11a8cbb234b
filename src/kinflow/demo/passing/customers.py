"""The customers that a company has: its accounts and contacts as the stories know companies and people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Max

from kinflow.customers.accounts.models import Account
from kinflow.customers.activities.models import Activity
from kinflow.customers.consents.models import Consent
from kinflow.customers.contacts.models import Contact
from kinflow.sales.opportunities.models import Opportunity
from kinflow.service.cases.models import Case

from .. import records
from ..company.company import Company
from ..engine.chance import Streams
from ..ledger import Ledger
from ..market import companies
from ..market.names import Name
from ..market.prospects import FAMILIES, Person, Prospect, past_of
from ..seeding.book import Book
from ..stories.deals import RATES
from ..words.places import COUNTRIES, PROVINCES

PLACES = {name: f"CN-{code}" for code, (name, *_rest) in PROVINCES.items()}
EMPLOYEES = {"A": 770, "B": 230, "C": 65}
"""From so many on, a company without a grade is one that may buy so much."""
SEEN_BEFORE = timedelta(days=300)


@dataclass
class Customers:
    """All that are known, the prospects in the order of their accounts; `taken` are names and mail domains."""

    prospects: list[Prospect] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    accounts: list[records.Account] = field(default_factory=list)
    contacts: list[records.Contact] = field(default_factory=list)
    consents: list[records.Consent] = field(default_factory=list)

    def put_into(self, ledger: Ledger) -> None:
        """Let the ledger know them."""
        for account in self.accounts:
            ledger.accounts.add_known(account)
        for contact in self.contacts:
            ledger.contacts.add_known(contact)
        for consent in self.consents:
            ledger.consents.add_known(consent)


def customers_of(book: Book, company: Company, streams: Streams, began_at: datetime) -> Customers:
    """The customers of the company, found in the database; those whom the stories cannot speak of stay as they are."""
    found = Customers()
    keys = {row.pk: key for key, row in book.rows["person"].items()}
    book.rows["account"], book.rows["contact"] = {}, {}
    prospects: dict[int, Prospect] = {}
    for row in Account.objects.order_by("pk").iterator():
        found.taken.update((row.name, row.website.removeprefix("www.")))
        place = PLACES.get(row.province) if row.country == "CN" else row.country
        is_ours = row.owner_id is None or row.owner_id in keys
        if place not in {*PLACES.values(), *COUNTRIES} or row.industry not in FAMILIES or not is_ours:
            continue
        key = f"account-{len(found.accounts) + 1:05}"
        book.rows["account"][key] = row
        found.accounts.append(_account(key, row, str(place), keys))
        prospects[row.pk] = _prospect(streams, key, row, str(place))
    found.prospects = list(prospects.values())
    _meet_contacts(found, book, prospects, keys)
    _remember(prospects, book, company, streams, began_at)
    return found


def _account(key: str, row: Account, place: str, keys: dict[int, str]) -> records.Account:
    return records.Account(
        key=key,
        name=row.name,
        name_en=row.name,
        life_stage=row.life_stage,
        grade=row.grade,
        industry=row.industry,
        country=row.country,
        province=row.province,
        place=place,
        city=row.city,
        address=row.address,
        phone=row.phone,
        website=row.website,
        employees=row.employees or 0,
        source=row.source,
        owner=keys.get(row.owner_id or 0),
        assigned_at=row.assigned_at,
        created_at=row.created_at,
        changed_at=row.changed_at,
        notes=row.notes,
    )


def _prospect(streams: Streams, key: str, row: Account, place: str) -> Prospect:
    """A company as it is known, with a character that comes from its name: the same each time."""
    _name, culture, language, *_rest = COUNTRIES.get(place, ("", "chinese", "zh"))
    company = companies.Company(
        name=row.name,
        name_en=row.name,
        industry=row.industry,
        country=row.country,
        province=row.province,
        place=place,
        city=row.city,
        address=row.address,
        phone=row.phone,
        domain=row.website.removeprefix("www.") or "mail.example",
        culture=culture,
        language=language,
    )
    prospect = past_of(streams.of(f"known/{row.name}"), key, company, _potential(row), row.employees or 0)
    prospect.is_customer, prospect.is_lost = row.life_stage == "actual", row.life_stage == "lost"
    return prospect


def _potential(row: Account) -> str:
    by_size = next((grade for grade, least in EMPLOYEES.items() if (row.employees or 0) >= least), "D")
    return min(by_size, row.grade or by_size)


def _meet_contacts(
    found: Customers, book: Book, prospects: dict[int, Prospect], keys: dict[int, str]
) -> None:
    by_contact: dict[int, str] = {}
    for row in Contact.objects.filter(erased_at=None).prefetch_related("points").order_by("pk"):
        prospect = prospects.get(row.account_id or 0)
        if row.account_id is not None and prospect is None:
            continue
        key = f"contact-{len(found.contacts) + 1:05}"
        book.rows["contact"][key], by_contact[row.pk] = row, key
        found.contacts.append(_contact(key, row, prospect, keys))
        if prospect is not None:
            prospect.known.append(key)
            prospect.people.append(_person(row))
    for asked in Consent.objects.filter(contact__in=by_contact, purpose="marketing").order_by("pk"):
        found.consents.append(_consent(by_contact[asked.contact_id], asked))


def _contact(key: str, row: Contact, prospect: Prospect | None, keys: dict[int, str]) -> records.Contact:
    return records.Contact(
        key=key,
        family_name=row.family_name,
        given_name=row.given_name,
        title=row.title,
        department=row.department,
        account=prospect.key if prospect else None,
        email=row.email,
        phone=row.phone,
        points=tuple((point.kind, point.given or point.value, point.is_main) for point in row.points.all()),
        language=row.language or "zh",
        country=row.country,
        province=row.province,
        place=prospect.company.place if prospect else "CN",
        city=row.city,
        source=row.source,
        owner=keys.get(row.owner_id or 0),
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _person(row: Contact) -> Person:
    """Somebody who is known already: of them the stories ask the contact."""
    name = Name(row.family_name, row.given_name, (row.family_name, row.given_name))
    return Person(name, row.title, row.department, row.email, row.phone, row.language, None)


def _consent(contact: str, row: Consent) -> records.Consent:
    return records.Consent(
        key=f"consent-{contact.partition('-')[2]}-{row.channel}",
        contact=contact,
        channel=row.channel,
        purpose=row.purpose,
        is_given=row.is_given,
        basis=row.basis,
        decided_at=row.decided_at,
    )


def _remember(
    prospects: dict[int, Prospect], book: Book, company: Company, streams: Streams, began_at: datetime
) -> None:
    """What they bought, which pumps of ours they have, and when they were last heard of."""
    codes = {row.pk: key for key, row in book.rows["product"].items()}
    pumps = {product.key: product.family != "spare-parts" for product in company.products}
    for account, product, amount, currency in _sales():
        if account in prospects:
            prospects[account].bought += float(amount) * RATES.get(currency, 1.0)
            if pumps.get(codes.get(product, ""), False):
                prospects[account].installed.append(codes[product])
    for account, product in Case.objects.values_list("account_id", "product_id").distinct():
        if account in prospects and pumps.get(codes.get(product, ""), False):
            prospects[account].installed.append(codes[product])
    heard = dict(Activity.objects.values_list("account_id").annotate(Max("ended_at")).order_by())
    families = company.by_family()
    for pk, prospect in prospects.items():
        at = heard.get(pk) or began_at - SEEN_BEFORE * streams.of(f"seen/{prospect.key}").random()
        prospect.last_seen = int(at.timestamp())
        if prospect.is_customer and not prospect.installed:
            chance = streams.of(f"pumps/{prospect.company.name}")
            for _pump in range(chance.randint(1, 6)):
                prospect.installed.append(chance.pick(families[chance.pick(prospect.families)]).key)


def _sales() -> Iterator[tuple[int, int, Decimal, str]]:
    won = Opportunity.objects.filter(outcome="won").order_by("pk")
    yield from won.values_list("account_id", "product_id", "amount", "currency").iterator()
