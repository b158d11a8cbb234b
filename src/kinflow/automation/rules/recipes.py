"""Rules that are shipped, ready to be looked at, tried on the past and switched on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..bilingual import in_all_languages as both
from .building import (
    ASSIGN,
    OPEN_CASE,
    ask_lead,
    change,
    content,
    create,
    event,
    every,
    is_,
    one_of,
    state,
    tell,
    test,
)


@dataclass(frozen=True)
class Recipe:
    """A shipped rule: `content` gives trigger, condition and steps, with its texts in the active language."""

    name: str
    kind: str
    label: Any
    content: Callable[[], dict[str, Any]]

    def names(self) -> dict[str, str]:
        """What a rule made of it is called, by language."""
        return both(lambda: self.label)


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "follow_up",
        "opportunity",
        gettext_lazy("Follow-up after an offer without an answer"),
        lambda: content(
            state(7),
            every(is_("outcome", "open"), one_of("stage.code", "quote", "negotiate")),
            create(
                "activity", subject=_("Ask for an answer to the offer"), kind="call", due_at="=now + days(1)"
            ),
        ),
    ),
    Recipe(
        "hot_lead",
        "lead",
        gettext_lazy("Hot lead alarm"),
        lambda: content(
            state(),
            every(test("score", "at_least", 80), is_("stage", "new")),
            ASSIGN,
            create("activity", subject=_("Call this hot lead now"), kind="call", due_at="=now + days(1)"),
            tell("owner", _("Hot lead: {record.need}"), "urgent"),
        ),
    ),
    Recipe(
        "renewal",
        "opportunity",
        gettext_lazy("Renewal nine months after a won deal"),
        lambda: content(
            state(),
            every(is_("outcome", "won"), test("closed_at", "more_than_ago", {"months": 9})),
            create(
                "opportunity",
                name=_("Renewal: {record.name}"),
                amount="=record.amount",
                closes_on="=today + days(90)",
            ),
        ),
    ),
    Recipe(
        "sla_warning",
        "case",
        gettext_lazy("Warning two hours before a service request is late"),
        lambda: content(
            state(),
            every(OPEN_CASE, test("due_at", "within_next", {"hours": 2})),
            ASSIGN,
            create(
                "activity",
                subject=_("This service request is due within two hours"),
                kind="task",
                due_at="=now + days(1)",
            ),
            tell("owner", _("Due within two hours: {record.subject}"), "urgent"),
        ),
    ),
    Recipe(
        "sla_escalation",
        "case",
        gettext_lazy("Escalation of a late service request"),
        lambda: content(
            state(),
            every(OPEN_CASE, test("due_at", "more_than_ago", {"minutes": 1})),
            change(priority="urgent"),
            create(
                "activity",
                subject=_("This service request is late: settle it with the customer"),
                kind="task",
            ),
            tell("lead", _("Late: {record.subject}"), "urgent"),
        ),
    ),
    Recipe(
        "hand_over",
        "opportunity",
        gettext_lazy("Hand-over of a won deal to service"),
        lambda: content(
            event("sales.opportunity_won"),
            {},
            create(
                "case",
                subject=_("Hand-over of {record.name}: prepare delivery and start-up"),
                kind="maintenance",
            ),
        ),
    ),
    Recipe(
        "stale",
        "opportunity",
        gettext_lazy("Opportunity without a move for 30 days"),
        lambda: content(
            state(),
            every(is_("outcome", "open"), test("changed_at", "more_than_ago", {"days": 30})),
            create(
                "activity",
                subject=_("Move this opportunity on, or close it"),
                kind="task",
                due_at="=now + days(1)",
            ),
        ),
    ),
    Recipe(
        "discount",
        "opportunity",
        gettext_lazy("Approval of a discount of 15 % or more"),
        lambda: content(
            state(),
            every(is_("outcome", "open"), test("discount", "at_least", 15)),
            ask_lead(
                both(lambda: _("Discount of {record.discount} % on {record.name}: do you approve?")),
                approved=[tell("owner", both(lambda: _("The discount is approved: {record.name}")))],
                refused=[
                    create(
                        "activity",
                        subject=_("The discount is refused: agree on another with the customer"),
                        kind="task",
                        due_at="=now + days(1)",
                    ),
                    tell("owner", both(lambda: _("The discount is refused: {record.name}")), "urgent"),
                ],
                unanswered=[
                    tell("lead", both(lambda: _("A discount waits for your word: {record.name}")), "urgent")
                ],
            ),
        ),
    ),
    Recipe(
        "reopened",
        "case",
        gettext_lazy("Service request reopened twice"),
        lambda: content(
            event("service.case_reopened") | {"data": {"times": "2"}},
            {},
            change(priority="high"),
            create(
                "activity",
                subject=_("Reopened twice: find out what was missed"),
                kind="task",
                due_at="=now + days(1)",
            ),
            tell("lead", _("Reopened twice: {record.subject}")),
        ),
    ),
    Recipe(
        "bounced",
        "email",
        gettext_lazy("Bounced address"),
        lambda: content(
            event("contact_center.automatic_email_received") | {"data": {"kind": "bounce"}},
            {"field": "contact", "op": "is_filled"},
            create(
                "activity",
                subject=_("An e-mail came back: ask for the right address"),
                kind="task",
                due_at="=now + days(1)",
            ),
        ),
    ),
    Recipe(
        "birthday",
        "contact",
        gettext_lazy("Wishes for a contact’s birthday"),
        lambda: content(
            state(),
            every(
                {"field": "erased_at", "op": "is_empty"},
                {"field": "owner", "op": "is_filled"},
                test("birthday", "comes_round", {"days": 3}),
            ),
            create(
                "activity",
                subject=_("Birthday within three days: send your wishes"),
                kind="call",
                due_at="=now + days(3)",
            ),
            tell("owner", _("Birthday soon: {record.given_name} {record.family_name}")),
        ),
    ),
    Recipe(
        "anniversary",
        "account",
        gettext_lazy("Anniversary of a customer"),
        lambda: content(
            state(),
            every(
                is_("life_stage", "actual"),
                {"field": "owner", "op": "is_filled"},
                test("customer_since", "comes_round", {"weeks": 2}),
            ),
            create(
                "activity",
                subject=_("Customer since {record.customer_since}: thank them for another year"),
                kind="call",
                due_at="=now + days(14)",
            ),
            tell("owner", _("Anniversary within two weeks: {record.name}")),
        ),
    ),
    Recipe(
        "duplicate_contact",
        "contact",
        gettext_lazy("Contact known twice"),
        lambda: content(
            event("customers.contact_duplicate_found"),
            {},
            create(
                "activity",
                subject=_("Maybe known twice: compare with the older contact"),
                kind="task",
                due_at="=now + days(2)",
            ),
        ),
    ),
    Recipe(
        "duplicate_account",
        "account",
        gettext_lazy("Account known twice"),
        lambda: content(
            event("customers.account_duplicate_found"),
            {},
            create(
                "activity",
                subject=_("Maybe known twice: compare with the older account"),
                kind="task",
                due_at="=now + days(2)",
            ),
        ),
    ),
    Recipe(
        "silent_account",
        "account",
        gettext_lazy("No contact with an A-grade account for 30 days"),
        lambda: content(
            state(),
            every(
                is_("grade", "A"),
                test("created_at", "more_than_ago", {"days": 30}),
                {"has_no": "activities", "where": test("ended_at", "within_last", {"days": 30})},
            ),
            create(
                "activity", subject=_("Get in touch: nobody spoke with this account for 30 days"), kind="call"
            ),
        ),
    ),
)
