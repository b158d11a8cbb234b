"""What was given to be imported is kept no longer than it is needed, and goes with the person it is about."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kinflow.customers.contacts.erasure import erase_contact
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.records.importing import keeping
from kinflow.records.importing.keeping import DRAFTS, REJECTS, let_go_of_old_files
from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.storing import path_of
from tests import factories

from .runs import imported, prepared

pytestmark = pytest.mark.django_db

BROKEN = """\
name,price,e-mail,telephone
王建国,-1,wang@haitian.example,138 0013 8000
李梅,-1,li@other.example,
"""


@pytest.fixture
def days_later(monkeypatch):
    """Let the clock of what is kept go on."""
    now = timezone.now()

    def later(span: timedelta) -> None:
        monkeypatch.setattr(keeping.timezone, "now", lambda: now + span)

    return later


@pytest.mark.django_db(transaction=True)
def test_a_file_that_nobody_starts_is_deleted_and_its_import_given_up(days_later):
    run = prepared(BROKEN, "product")
    days_later(DRAFTS - timedelta(hours=1))
    let_go_of_old_files()
    assert path_of(run.place).exists()
    days_later(DRAFTS + timedelta(hours=1))
    let_go_of_old_files()
    assert not path_of(run.place).exists()
    assert ImportRun.objects.get(pk=run.pk).state == "cancelled"


def test_rejected_rows_go_after_their_term_and_the_log_says_so(days_later):
    run = imported(BROKEN, "product")
    days_later(REJECTS - timedelta(hours=1))
    let_go_of_old_files()
    assert run.rejects.count() == 2
    days_later(REJECTS + timedelta(hours=1))
    let_go_of_old_files()
    let_go_of_old_files()
    assert run.rejects.count() == 0
    assert ImportRun.objects.get(pk=run.pk).rejected == 2
    assert Entry.objects.filter(name="records.import_rejects_forgotten").count() == 1


@pytest.mark.parametrize("known_by", [{"email": "Wang@haitian.example"}, {"phone": "+86 13800138000"}])
def test_rejected_rows_about_somebody_go_when_they_ask_to_be_forgotten(known_by):
    run = imported(BROKEN, "product")
    assert run.rejects.count() == 2
    with translation.override("en"):
        erase_contact(contact=factories.contact(**known_by), reason="asked for it", by=SYSTEM)
    assert [reject.cells[0] for reject in run.rejects.all()] == ["李梅"]


def test_an_erasure_of_somebody_without_addresses_takes_no_rows():
    run = imported(BROKEN, "product")
    erase_contact(contact=factories.contact("王", "建国"), reason="asked for it", by=SYSTEM)
    assert run.rejects.count() == 2
