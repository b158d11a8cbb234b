"""Work items in their latest state: opportunities, leads, cases, e-mails and activities."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kinflow.contact_center.emails.models import Email, Thread
from kinflow.customers.activities.models import Activity
from kinflow.eventlog.bulk import speaking_for
from kinflow.sales.leads.models import Lead
from kinflow.sales.opportunities.models import Opportunity
from kinflow.service.cases.models import Case

from .. import records
from ..ledger import Ledger, Shelf
from .book import Book, given_to, money, percent
from .market import HELD, aged

Versions = Mapping[str, int]
RowOf = Callable[[Book, Any, Versions], Any]
ABOUT = ("opportunity", "case", "lead")
OF_OPPORTUNITIES = (
    "stage_id", "outcome", "amount", "discount", "probability", "closed_at", "reason", "notes", *HELD,
)  # fmt: skip
OF_LEADS = (
    "account_id", "stage", "reason", "contacted_at", "closed_at", "opportunity_id", "notes", *HELD,
)  # fmt: skip
OF_CASES = (
    "description", "status", "answered_at", "solved_at", "closed_at", "solution", "rating", "rated_at", "reopened",
    *HELD,
)  # fmt: skip
OF_EMAILS = ("status", "case_id", "answered_at", *HELD)
OF_ACTIVITIES = ("status", "started_at", "ended_at", "result", "notes", *HELD)
RESULTS = {"part_missing": "unfinished"}
"""Results of activities that the product calls otherwise."""


def put_work(book: Book, ledger: Ledger, versions: Versions) -> None:
    """Everything that somebody had or has to do."""
    with speaking_for("sales"):
        _keep(book, "opportunity", ledger.opportunities, _opportunity, versions, OF_OPPORTUNITIES)
        _keep(book, "lead", ledger.leads, _lead, versions, OF_LEADS)
    with speaking_for("service"):
        _keep(book, "case", ledger.cases, _case, versions, OF_CASES)
    with speaking_for("contact_center"):
        begun = {email.thread: email.sent_at for email in reversed(list(ledger.emails))}
        book.keep(
            "thread", ledger.threads.take_touched(), lambda s: _thread(book, s, begun[s.key]), ("case_id",)
        )
        _keep(book, "email", ledger.emails, _email, versions, OF_EMAILS)
    with speaking_for("customers"):
        _keep(book, "activity", ledger.activities, _activity, versions, OF_ACTIVITIES)


def _keep(
    book: Book, kind: str, shelf: Shelf[Any], row_of: RowOf, versions: Versions, changing: Sequence[str]
) -> None:
    book.keep(kind, shelf.take_touched(), lambda source: row_of(book, source, versions), changing)


def _thread(book: Book, source: records.Thread, begun: datetime) -> Thread:
    return Thread(
        subject=source.subject,
        key=source.message_id.strip("<>"),
        case=book.of("case", source.case),
        created_at=begun,
        changed_at=begun,
    )


def _opportunity(book: Book, source: records.Opportunity, versions: Versions) -> Opportunity:
    row = Opportunity(
        pk=book.rows.get("opportunity id", {}).get(source.key),
        name=source.name,
        account=book.of("account", source.account),
        contact=book.of("contact", source.contact),
        product=book.of("product", source.product),
        pipeline=book.of("pipeline", source.pipeline),
        stage=book.of("stage", f"{source.pipeline}/{source.stage}"),
        outcome=source.outcome,
        amount=money(source.amount),
        discount=percent(source.discount),
        currency=source.currency,
        probability=source.probability,
        closes_on=source.closes_on,
        closed_at=source.closed_at,
        reason=source.reason,
        source=source.source,
        industry=source.industry,
        country=source.country,
        province=source.province,
        notes=source.notes,
        **aged(source, versions),
    )
    return given_to(row, book.of("person", source.owner), source.assigned_at)


def _lead(book: Book, source: records.Lead, versions: Versions) -> Lead:
    row = Lead(
        contact=book.of("contact", source.contact),
        account=book.of("account", source.account),
        need=source.need[:500],
        product=book.of("product", source.product),
        source=source.source,
        source_detail=source.source_detail,
        stage=source.stage,
        score=source.score,
        language=source.language,
        country=source.country,
        province=source.province,
        industry=source.industry,
        reason=source.reason,
        contacted_at=source.contacted_at,
        closed_at=source.closed_at,
        opportunity=book.of("opportunity", source.opportunity),
        notes=source.notes,
        **aged(source, versions),
    )
    return given_to(row, book.of("person", source.owner), source.assigned_at)


def _case(book: Book, source: records.Case, versions: Versions) -> Case:
    row = Case(
        subject=source.subject,
        description=source.description,
        kind=source.kind,
        priority=source.priority,
        status=source.status,
        account=book.of("account", source.account),
        contact=book.of("contact", source.contact),
        product=book.of("product", source.product),
        channel=source.channel,
        language=source.language,
        country=source.country,
        province=source.province,
        opened_at=source.created_at,
        due_at=source.due_at,
        answered_at=source.answered_at,
        solved_at=source.solved_at,
        closed_at=source.closed_at,
        solution=source.solution,
        rating=source.rating,
        rated_at=source.rated_at,
        reopened=source.reopened,
        **aged(source, versions),
    )
    return given_to(row, book.of("person", source.owner), source.assigned_at)


def _email(book: Book, source: records.Email, versions: Versions) -> Email:
    row = Email(
        thread=book.of("thread", source.thread),
        message_id=source.message_id.strip("<>"),
        sender_name=source.sender_name,
        sender=source.sender,
        recipients=list(source.recipients),
        subject=source.subject,
        text=source.text,
        fresh_text=source.fresh_text,
        sent_at=source.sent_at,
        status=source.status,
        contact=book.of("contact", source.contact),
        account=book.of("account", source.account),
        case=book.of("case", source.case),
        product=book.of("product", source.product),
        language=source.language,
        is_automatic=source.is_automatic,
        answered_at=source.answered_at,
        created_at=source.sent_at,
        changed_at=source.answered_at or source.assigned_at or source.sent_at,
        version=versions.get(source.key, 1),
    )
    return given_to(row, book.of("person", source.owner), source.assigned_at)


def _activity(book: Book, source: records.Activity, versions: Versions) -> Activity:
    kind = (source.about or "").partition("-")[0]
    about = book.of(kind, source.about) if kind in ABOUT else None
    row = Activity(
        kind=source.kind,
        topic=source.topic,
        subject=source.subject,
        status=source.status,
        account=book.of("account", source.account),
        contact=book.of("contact", source.contact),
        about_kind=kind if about else "",
        about_id=about.pk if about else None,
        due_at=source.due_at,
        started_at=source.started_at,
        ended_at=source.ended_at,
        result=RESULTS.get(source.outcome, source.outcome),
        notes=source.notes,
        created_at=source.created_at,
        changed_at=source.ended_at or source.started_at or source.created_at,
        version=versions.get(source.key, 1),
    )
    return given_to(row, book.of("person", source.owner), source.created_at)
