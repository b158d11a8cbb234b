"""What the company has open when weeks begin to pass: leads, opportunities, cases, letters and planned work."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Model

from kinflow.contact_center.emails.models import Email, Thread
from kinflow.customers.activities.models import Activity
from kinflow.processes.execution.models import ProcessToken
from kinflow.sales.leads.models import Lead
from kinflow.sales.opportunities.models import Opportunity
from kinflow.service.cases.models import Case

from .. import records
from ..ledger import Ledger, Shelf
from ..seeding.book import Book
from ..seeding.work import ABOUT
from ..stories.deals import RATES
from ..words.notes import SUBJECTS

M = TypeVar("M", bound=Model)
LEADS, CASES, WORK = (
    ("new", "contacted", "qualified"),
    ("new", "open", "waiting", "solved"),
    ("planned", "started"),
)
CALLED = {"unfinished": "part_missing"}


class Waiting:
    """Puts what is open into the ledger; what the stories cannot speak of stays as it is."""

    def __init__(self, book: Book, ledger: Ledger) -> None:
        self.book, self.ledger = book, ledger
        kinds = ("person", "product", "account", "contact")
        self.keys = {kind: {row.pk: key for key, row in book.rows[kind].items()} for kind in kinds}

    def read(self) -> None:
        """Read all of it."""
        places = {row.pk: key for key, row in self.book.rows["stage"].items()}
        rows = Opportunity.objects.filter(outcome="open", owner__isnull=False, product__isnull=False)
        for sale in self._known(rows.order_by("pk"), "account", "contact", "product", "owner"):
            self._keep(self.ledger.opportunities, sale, self._sale(sale, places[sale.stage_id]))
        asked = Lead.objects.filter(stage__in=LEADS).order_by("pk")
        for lead in self._known(asked, "contact"):
            self._keep(self.ledger.leads, lead, self._lead(lead))
        cases = Case.objects.filter(status__in=CASES, product__isnull=False, due_at__isnull=False)
        for case in self._known(cases.order_by("pk"), "account", "contact", "product"):
            self._keep(self.ledger.cases, case, self._case(case))
        self._letters()
        self._work()

    def key(self, kind: str, pk: int | None) -> str | None:
        """The key of a row."""
        return self.keys.get(kind, {}).get(pk or 0)

    def _known(self, rows: Any, *links: str) -> Iterator[Any]:
        """The rows whose links the stories know; an owner need not be there, but has to be one of us."""
        for row in rows.iterator():
            is_ours = row.owner_id is None or self.key("person", row.owner_id)
            if is_ours and all(getattr(row, f"{name}_id") in self._of(name) for name in links):
                yield row

    def _of(self, name: str) -> dict[int, str]:
        return self.keys["person" if name == "owner" else name]

    def _keep(self, shelf: Shelf[Any], row: Model, record: Any) -> None:
        shelf.add_known(record)
        self.book.rows.setdefault(shelf.kind, {})[record.key] = row
        self.keys.setdefault(shelf.kind, {})[row.pk] = record.key

    def _held(self, row: Any) -> dict[str, Any]:
        """Whose a record is and how old."""
        found = {"created_at": row.created_at, "changed_at": row.changed_at}
        return {**found, "owner": self.key("person", row.owner_id), "assigned_at": row.assigned_at}

    def _linked(self, row: Any, *kinds: str) -> dict[str, Any]:
        return {kind: self.key(kind, getattr(row, f"{kind}_id")) for kind in kinds}

    def _copied(self, row: Any, *names: str) -> dict[str, Any]:
        return {name: getattr(row, name) for name in names}

    def _place(self, row: Any) -> str:
        account = self.key("account", row.account_id)
        return self.ledger.accounts[account].place if account else row.country or "CN"

    def _sale(self, row: Opportunity, stage: str) -> records.Opportunity:
        pipeline, _slash, code = stage.partition("/")
        price = float(row.product.price or 0) if row.product else 0.0
        at_list = (
            float(row.amount or 0) * RATES.get(row.currency, 1.0) / (1 - min(0.9, float(row.discount) / 100))
        )
        return records.Opportunity(
            key=self.ledger.opportunities.next_key(),
            pipeline=pipeline,
            stage=code,
            amount=float(row.amount or 0),
            discount=float(row.discount) / 100,
            quantity=max(1, round(at_list / price)) if price else 1,
            place=self._place(row),
            **self._linked(row, "account", "contact", "product"),
            **self._copied(
                row, "name", "currency", "probability", "source", "industry", "country", "province"
            ),
            **self._copied(row, "closes_on", "notes"),
            **self._held(row),
        )

    def _lead(self, row: Lead) -> records.Lead:
        return records.Lead(
            key=self.ledger.leads.next_key(),
            place=self._place(row),
            **self._linked(row, "contact", "account", "product"),
            **self._copied(
                row, "need", "source", "source_detail", "score", "language", "country", "province"
            ),
            **self._copied(row, "industry", "stage", "contacted_at", "reason", "notes"),
            **self._held(row),
        )

    def _case(self, row: Case) -> records.Case:
        return records.Case(
            key=self.ledger.cases.next_key(),
            place=self._place(row),
            **self._linked(row, "account", "contact", "product"),
            **self._copied(
                row, "subject", "description", "kind", "priority", "channel", "language", "country"
            ),
            **self._copied(row, "province", "due_at", "status", "answered_at", "solved_at", "closed_at"),
            **self._copied(row, "solution", "rating", "rated_at", "reopened"),
            **self._held(row),
        )

    def _letters(self) -> None:
        """Letters of contacts that nobody has answered."""
        rows = Email.objects.filter(
            status="new", is_automatic=False, contact__isnull=False, sent_at__isnull=False
        )
        for row in self._known(rows.select_related("thread").order_by("pk"), "contact"):
            if row.thread_id not in self.keys.get("thread", {}):
                self._keep(self.ledger.threads, row.thread, self._thread(row.thread))
            known = self.keys["thread"][row.thread_id]
            self._keep(self.ledger.emails, row, self._letter(row, known))

    def _thread(self, row: Thread) -> records.Thread:
        key = self.ledger.threads.next_key()
        return records.Thread(
            key=key, subject=row.subject, message_id=f"<{row.key}>", case=self.key("case", row.case_id)
        )

    def _letter(self, row: Email, thread: str) -> records.Email:
        held = self._held(row)
        return records.Email(
            key=self.ledger.emails.next_key(),
            thread=thread,
            message_id=f"<{row.message_id}>",
            in_reply_to="",
            recipients=tuple(row.recipients),
            owner=held["owner"],
            assigned_at=held["assigned_at"],
            **self._linked(row, "contact", "account", "product", "case"),
            **self._copied(
                row, "sender_name", "sender", "subject", "text", "fresh_text", "sent_at", "language"
            ),
        )

    def _work(self) -> None:
        """Work that the stories know by its topic; tasks of running instances are not among it."""
        given = set(
            ProcessToken.objects.filter(activity_id__isnull=False).values_list("activity_id", flat=True)
        )
        rows = Activity.objects.filter(status__in=WORK, topic__in=SUBJECTS, owner__isnull=False).order_by(
            "pk"
        )
        for row in self._known(rows, "owner"):
            if row.pk not in given:
                self._keep(self.ledger.activities, row, self._activity(row))

    def _activity(self, row: Activity) -> records.Activity:
        about = self.key(row.about_kind, row.about_id) if row.about_kind in ABOUT else None
        return records.Activity(
            key=self.ledger.activities.next_key(),
            owner=self.keys["person"][row.owner_id or 0],
            about=about,
            outcome=CALLED.get(row.result, row.result),
            created_at=row.created_at,
            **self._linked(row, "account", "contact"),
            **self._copied(
                row, "kind", "topic", "subject", "status", "due_at", "started_at", "ended_at", "notes"
            ),
        )
