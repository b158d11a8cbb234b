"""Work items in their latest state: opportunities, leads, cases, e-mails and activities."""

from collections.abc import Mapping

from kinflow.contact_center.emails.models import Email, Thread
from kinflow.customers.activities.models import Activity
from kinflow.eventlog.bulk import speaking_for
from kinflow.sales.leads.models import Lead
from kinflow.sales.opportunities.models import Opportunity
from kinflow.service.cases.models import Case

from .. import records
from ..ledger import Ledger
from .book import Book, by_key, given_to, money, percent
from .market import aged

Versions = Mapping[str, int]
ABOUT = ("opportunity", "case", "lead")
RESULTS = {"part_missing": "unfinished"}
"""Results of activities that the product calls otherwise."""


def put_work(book: Book, ledger: Ledger, versions: Versions) -> None:
    """Everything that somebody had or has to do."""
    with speaking_for("sales"):
        book.put("opportunity", by_key(ledger.opportunities, lambda s: _opportunity(book, s, versions)))
        book.put("lead", by_key(ledger.leads, lambda s: _lead(book, s, versions)))
    with speaking_for("service"):
        book.put("case", by_key(ledger.cases, lambda s: _case(book, s, versions)))
    with speaking_for("contact_center"):
        begun = {email.thread: email.sent_at for email in reversed(list(ledger.emails))}
        book.put(
            "thread",
            by_key(
                ledger.threads,
                lambda s: Thread(
                    subject=s.subject,
                    key=s.message_id.strip("<>"),
                    case=book.of("case", s.case),
                    created_at=begun[s.key],
                    changed_at=begun[s.key],
                ),
            ),
        )
        book.put("email", by_key(ledger.emails, lambda s: _email(book, s, versions)))
    with speaking_for("customers"):
        book.put("activity", by_key(ledger.activities, lambda s: _activity(book, s, versions)))


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
