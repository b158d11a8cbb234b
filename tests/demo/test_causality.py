"""Causes come before effects, and the records are what the happenings made of them."""

from collections import defaultdict
from datetime import datetime

from kinflow.demo.company.products import PIPELINES
from kinflow.demo.happenings import Happening
from kinflow.sales.leads.rules import can_move as lead_can_move
from kinflow.service.cases.rules import can_move as case_can_move

from .measures import Log

BIRTHS = {
    "account": "account_added",
    "contact": "contact_added",
    "lead": "lead_captured",
    "opportunity": "opportunity_opened",
    "case": "case_opened",
    "email": "email_received",
}
LEAD_STAGES = {
    "lead_contacted": "contacted",
    "lead_qualified": "qualified",
    "lead_disqualified": "disqualified",
    "lead_converted": "converted",
}
CASE_STATUSES = {
    "case_waiting": "waiting",
    "case_resumed": "open",
    "case_solved": "solved",
    "case_closed": "closed",
    "case_reopened": "open",
}


def of(log: Log, role: str) -> dict[str, list[Happening]]:
    found: dict[str, list[Happening]] = defaultdict(list)
    for happening in log.happenings:
        if role in happening.subjects:
            found[happening.subjects[role]].append(happening)
    return found


def test_nothing_is_mentioned_before_it_is_there(log: Log) -> None:
    seen: set[str] = set()
    for happening in log.happenings:
        for role, key in happening.subjects.items():
            if happening.kind == BIRTHS.get(role) or happening.kind in (
                "activity_planned",
                "activity_started",
            ):
                continue
            if role != "activity":
                assert key in seen, happening
        seen.update(happening.subjects.values())


def test_each_record_comes_into_being_exactly_once(log: Log) -> None:
    for role, kind in BIRTHS.items():
        born = [happening.subjects[role] for happening in log.by_kind[kind]]
        assert len(born) == len(set(born))


def test_a_cause_comes_before_its_effect(log: Log) -> None:
    caused = [happening for happening in log.happenings if happening.cause is not None]
    assert len(caused) > 5000
    assert all(happening.cause < happening.number for happening in caused if happening.cause is not None)


def test_leads_move_only_as_the_product_allows_and_end_where_the_record_says(log: Log) -> None:
    for key, happenings in of(log, "lead").items():
        stage, owner = "new", None
        for happening in happenings:
            if happening.kind in LEAD_STAGES:
                assert lead_can_move(stage, LEAD_STAGES[happening.kind]), (key, stage, happening)
                stage = LEAD_STAGES[happening.kind]
            elif happening.kind == "lead_assigned":
                assert happening.details["before"] == owner
                owner = happening.details["person"]
        lead = log.world.records.leads[key]
        assert (lead.stage, lead.owner) == (stage, owner)
        assert (lead.closed_at is not None) == (stage in ("disqualified", "converted"))


def test_a_discount_follows_from_the_last_and_ends_where_the_record_says(log: Log) -> None:
    given = [
        (key, [h for h in found if h.kind == "opportunity_discounted"])
        for key, found in of(log, "opportunity").items()
    ]
    for key, happenings in given:
        discount = 0.0
        for happening in happenings:
            assert happening.details["before"] == discount
            discount = happening.details["discount"]
        assert log.world.records.opportunities[key].discount == discount
    assert sum(bool(happenings) for _key, happenings in given) > 300


def test_opportunities_go_through_their_stages_in_order(log: Log) -> None:
    stages = {p.key: [code for code, *_names in p.stages] for p in PIPELINES}
    for key, happenings in of(log, "opportunity").items():
        deal = log.world.records.opportunities[key]
        at, outcome = stages[deal.pipeline][0], "open"
        for happening in happenings:
            if happening.kind == "opportunity_moved":
                assert happening.details["from_stage"] == at
                order = stages[deal.pipeline]
                assert order.index(happening.details["to_stage"]) == order.index(at) + 1
                at = happening.details["to_stage"]
            elif happening.kind in ("opportunity_won", "opportunity_lost"):
                assert outcome == "open"
                outcome = happening.kind.removeprefix("opportunity_")
        assert (deal.stage, deal.outcome) == (at, outcome)


def test_cases_move_only_as_the_product_allows_and_end_where_the_record_says(log: Log) -> None:
    for key, happenings in of(log, "case").items():
        status, owner = "new", None
        for happening in happenings:
            if happening.kind in ("case_assigned", "case_handed_over"):
                assert happening.details["before"] == owner
                owner = happening.details["person"]
                status = "open" if status == "new" else status
            elif happening.kind in CASE_STATUSES:
                after = CASE_STATUSES[happening.kind]
                assert case_can_move(status, after), (key, status, happening)
                status = after
        case = log.world.records.cases[key]
        assert (case.status, case.owner) == (status, owner)


def test_activities_are_planned_begun_and_done_in_this_order(log: Log) -> None:
    order = {"activity_planned": 0, "activity_started": 1, "activity_done": 2, "activity_cancelled": 3}
    for key, happenings in of(log, "activity").items():
        kinds = [order[happening.kind] for happening in happenings]
        assert kinds == sorted(set(kinds)), key
        activity = log.world.records.activities[key]
        assert activity.status == ("planned", "started", "done", "cancelled")[kinds[-1]]
        if activity.started_at and activity.ended_at:
            assert activity.started_at < activity.ended_at


def test_changes_lead_from_value_to_value_up_to_the_records(log: Log) -> None:
    kept: dict[tuple[str, str], object] = {}
    for happening in log.happenings:
        role = happening.kind.partition("_")[0]
        for name, (before, after) in happening.details.get("changes", {}).items():
            field = happening.subjects[role], name
            assert kept.get(field, before) == before, happening
            kept[field] = after
    records = log.world.records
    shelves = {
        "account": records.accounts,
        "contact": records.contacts,
        "opportunity": records.opportunities,
        "lead": records.leads,
    }
    for (key, name), value in kept.items():
        shelf = shelves.get(key.partition("-")[0])
        if shelf is not None:
            assert getattr(shelf[key], name) == value  # type: ignore[index]


def test_accounts_belong_to_whom_they_were_given_last(log: Log) -> None:
    owners: dict[str, str | None] = {}
    for happening in log.by_kind["account_assigned"]:
        key = happening.subjects["account"]
        assert happening.details["before"] == owners.get(key)
        owners[key] = happening.details["person"]
    assert all(account.owner == owners.get(account.key) for account in log.world.records.accounts)


def test_answers_come_after_the_mails_they_answer(log: Log) -> None:
    received: dict[str, datetime] = {h.subjects["email"]: h.at for h in log.by_kind["email_received"]}
    for answered in log.by_kind["email_answered"] + log.by_kind["email_ignored"]:
        assert received[answered.subjects["email"]] < answered.at
    for email in log.world.records.emails:
        thread = log.world.records.threads[email.thread]
        assert email.in_reply_to in ("", thread.message_id)
    ids = [email.message_id for email in log.world.records.emails]
    assert len(set(ids)) == len(ids)
