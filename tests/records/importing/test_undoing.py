"""A whole import is taken back; what somebody has worked on, or others need, stays."""

import pytest

from kinflow.customers.accounts.actions import change_account
from kinflow.customers.models import Account, Contact, ContactPoint, Membership
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict
from kinflow.records.importing.actions import cancel_import, start_import, undo_import
from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.running import run_import
from kinflow.sales.leads.actions import assign_lead, contact_lead
from kinflow.sales.models import Lead

from ... import factories
from .runs import SYSTEM, imported, prepared, started

pytestmark = pytest.mark.django_db

LEADS = "Name,Company,Email,Do Not Email\n" + "".join(
    f"Person {n},Company {n % 4},p{n}@x.example,{'yes' if n == 1 else ''}\n" for n in range(10)
)


def undone(run: ImportRun) -> ImportRun:
    return run_import(undo_import(importrun=run, by=SYSTEM))


def test_nothing_is_left_of_an_import_that_nobody_touched():
    run = undone(imported(LEADS))
    assert (run.state, run.removed, run.kept) == ("undone", 24, 0)
    for model in (Lead, Contact, Account, ContactPoint, Membership):
        assert not model.objects.exists(), model
    assert Entry.objects.filter(name="sales.lead_taken_back").count() == 10
    assert Entry.objects.filter(name="sales.lead_captured").count() == 10


def test_what_was_worked_on_stays_with_all_it_needs():
    run = imported(LEADS)
    lead = Lead.objects.order_by("pk").first()
    contact_lead(lead=lead, by=factories.admin())
    change_account(
        account=Account.objects.get(name="Company 3"), changes={"city": "Ningbo"}, by=factories.admin()
    )
    run = undone(run)
    assert (run.removed, run.kept) == (20, 4)
    assert list(Lead.objects.all()) == [lead]
    assert list(Contact.objects.all()) == [lead.contact]
    assert set(Account.objects.values_list("name", flat=True)) == {"Company 0", "Company 3"}


def test_being_given_out_by_a_rule_is_not_being_worked_on():
    run = imported(LEADS)
    assign_lead(lead=Lead.objects.first(), person=factories.person(), by=SYSTEM)
    assert undone(run).kept == 0


def test_records_that_were_there_before_stay():
    known = factories.contact("Person", "", email="p3@x.example")
    factories.account(name="Company 2")
    run = undone(imported(LEADS))
    assert run.kept == 0
    assert list(Contact.objects.all()) == [known]
    assert Account.objects.get().name == "Company 2"


def test_what_a_later_import_built_on_stays():
    first = imported(LEADS)
    second = imported(LEADS)
    assert second.made == {"lead": 10}
    first = undone(first)
    assert (first.removed, first.kept) == (10, 14)
    assert undone(second).removed == 10
    assert Contact.objects.count() == 10


def test_a_draft_that_is_cancelled_leaves_no_file(files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = prepared(LEADS)
        cancel_import(importrun=run, by=SYSTEM)
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_a_cancelled_import_stops_after_the_chunk_and_can_be_undone():
    def cancel_at(run):
        if run.read == 3:
            cancel_import(importrun=run, by=SYSTEM)

    run = run_import(started(LEADS), told=cancel_at, size=2)
    run.refresh_from_db()
    assert (run.state, run.read, Lead.objects.count()) == ("cancelled", 3, 3)
    assert undone(run).removed == 9


def test_what_is_not_possible_now_is_refused():
    run = imported(LEADS)
    for action in (cancel_import, start_import):
        with pytest.raises(Conflict):
            action(importrun=run, by=SYSTEM)
    with pytest.raises(Conflict):
        undo_import(importrun=prepared(LEADS), by=SYSTEM)
