"""Products and pipelines, accounts, contacts and consents."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from kinflow.catalogue.models import Product
from kinflow.catalogue.products.events import ProductAdded
from kinflow.customers.accounts.models import Account
from kinflow.customers.consents.models import Consent
from kinflow.customers.contacts.models import Contact, ContactPoint, Membership
from kinflow.eventlog.bulk import insert, speaking_for
from kinflow.kit.emails import normalised
from kinflow.sales.pipelines.events import PipelineAdded
from kinflow.sales.pipelines.models import Pipeline, Stage

from .. import records
from ..company.company import Company
from ..ledger import Ledger
from .book import Book, given_to, money, reached

CALLED = ("phone", "mobile")
HELD = ("owner_id", "unit_id", "assigned_at")
"""What tells in whose hands a record is."""
OF_ACCOUNTS = ("life_stage", "grade", "address", "customer_since", *HELD)
OF_CONTACTS = ("account_id", "department", *HELD)
SPARE_PARTS = "备件"
"""What the family of all that is no pump is called; pumps' families are called as the knowledge they take."""


def put_offer(book: Book, company: Company) -> None:
    """What is sold, and by which ways."""
    with speaking_for("catalogue"):
        products = {
            p.key: Product(
                code=p.code,
                name=p.name,
                name_zh=p.name_zh,
                family=book.of("skill", p.family).name if p.family == p.skill else SPARE_PARTS,
                skill=book.of("skill", p.skill or None),
                price=money(p.price),
                unit_of_measure=p.unit_of_measure,
                created_at=book.begins_at,
                changed_at=book.begins_at,
            )
            for p in company.products
        }
        for product in book.put("product", products).values():
            book.tell(ProductAdded(product=product, code=product.code))
    with speaking_for("sales"):
        _put_pipelines(book, company)


def _put_pipelines(book: Book, company: Company) -> None:
    pipelines = {
        p.key: Pipeline(
            name=p.name,
            name_zh=p.name_zh,
            is_default=p.is_default,
            created_at=book.begins_at,
            changed_at=book.begins_at,
        )
        for p in company.pipelines
    }
    book.put("pipeline", pipelines)
    stages: dict[str, Stage] = {}
    for source in company.pipelines:
        for position, (code, name, name_zh, probability) in enumerate(source.stages):
            stages[f"{source.key}/{code}"] = Stage(
                pipeline=pipelines[source.key],
                code=code,
                name=name,
                name_zh=name_zh,
                position=position,
                probability=probability,
            )
        codes = [code for code, *_rest in source.stages]
        book.tell(PipelineAdded(pipeline=pipelines[source.key], stages=codes))
    book.put("stage", stages)


def put_customers(book: Book, ledger: Ledger, versions: Mapping[str, int]) -> None:
    """Accounts and contacts with their ways to be reached, and what contacts allowed."""

    def account_of(source: records.Account) -> Account:
        row = Account(
            name=source.name,
            life_stage=source.life_stage,
            grade=source.grade,
            industry=source.industry,
            country=source.country,
            province=source.province,
            city=source.city,
            address=source.address,
            phone=reached(source.phone),
            website=source.website,
            employees=source.employees,
            customer_since=_customer_since(book, source),
            source=source.source,
            notes=source.notes,
            **aged(source, versions),
        )
        row.key = _key_of(row.name)
        return given_to(row, book.of("person", source.owner), source.assigned_at)

    def contact_of(source: records.Contact) -> Contact:
        row = Contact(
            family_name=source.family_name,
            given_name=source.given_name,
            title=source.title,
            department=source.department,
            account=book.of("account", source.account),
            email=normalised(source.email) or "" if source.email else "",
            phone=reached(source.phone),
            language=source.language,
            country=source.country,
            province=source.province,
            city=source.city,
            birthday=_birthday_of(source),
            source=source.source,
            **aged(source, versions),
        )
        return given_to(row, book.of("person", source.owner), source.created_at)

    with speaking_for("customers"):
        book.keep("account", ledger.accounts.take_touched(), account_of, OF_ACCOUNTS)
        before = {key: row.account_id for key, row in book.rows.get("contact", {}).items()}
        touched = ledger.contacts.take_touched()
        book.keep("contact", touched, contact_of, OF_CONTACTS)
        _put_parts(book, touched, before)
        _put_consents(book, ledger.consents.take_touched())


def _customer_since(book: Book, source: records.Account) -> date | None:
    """Since when a customer is one: those that came with the old system have been for years."""
    known = book.rows.get("account", {}).get(source.key)
    if known is not None and known.customer_since:
        since: date = known.customer_since
        return since
    if source.life_stage not in ("actual", "lost") or source.created_at is None:
        return None
    years = crc32(source.key.encode()) % 4000 if source.source == "import" else 0
    return source.created_at.date() - timedelta(days=years)


def _birthday_of(source: records.Contact) -> str:
    """The birthday of every second contact, of some of them without its year."""
    drawn = crc32(f"{source.key}/{source.family_name}".encode())
    if drawn % 2:
        return ""
    day = date(1960 + drawn // 2 % 42, 1, 1) + timedelta(days=drawn // 97 % 365)
    return day.isoformat()[5 if drawn % 3 == 0 else 0 :]


def _key_of(name: str) -> str:
    from kinflow.kit.names import company_key

    return company_key(name)[:300]


def aged(source: Any, versions: Mapping[str, int]) -> dict[str, Any]:
    """How old a record is, and how often it changed."""
    return {
        "created_at": source.created_at,
        "changed_at": getattr(source, "changed_at", None) or source.created_at,
        "version": versions.get(source.key, 1),
    }


def _put_parts(book: Book, touched: Iterable[records.Contact], before: Mapping[str, int | None]) -> None:
    """How contacts are reached, and where they belong; `before` is where those belonged who were known."""
    points, memberships = [], []
    for source in touched:
        contact = book.of("contact", source.key)
        for kind, value, is_main in source.points if source.key not in before else ():
            clean = reached(value) if kind in CALLED else (normalised(value) or value)
            points.append(ContactPoint(contact=contact, kind=kind, value=clean, given=value, is_main=is_main))
        if contact.account_id and not before.get(source.key):
            memberships.append(Membership(contact=contact, account=contact.account))
    insert(points)
    insert(memberships)


def _put_consents(book: Book, given: Iterable[records.Consent]) -> None:
    insert(
        [
            Consent(
                contact=book.of("contact", source.contact),
                channel=source.channel,
                purpose=source.purpose,
                is_given=source.is_given,
                basis=source.basis,
                decided_at=source.decided_at,
                created_at=source.decided_at,
                changed_at=source.decided_at,
            )
            for source in given
        ]
    )
