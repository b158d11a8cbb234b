"""The open work people hold, by kind."""

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.organisation.load import loads
from kinflow.sales.leads.actions import disqualify_lead
from tests.factories import account, case, lead, person

pytestmark = pytest.mark.django_db


def test_open_work_counts_by_person_and_kind():
    chen, li, idle = person(), person(family_name="李"), person(family_name="王")
    lead(owner=chen), lead(owner=chen), case(owner=chen), case(owner=li)
    disqualify_lead(lead=lead(owner=li), reason="no_need", by=SYSTEM)
    lead(), account()
    found = loads()
    assert found[chen.pk] == {"lead": 2.0, "case": 1.0}
    assert found[li.pk] == {"case": 1.0}
    assert idle.pk not in found
    assert loads([li.pk]) == {li.pk: {"case": 1.0}}
    assert loads([]) == {}
