"""Processes are added, changed and put aside by process owners."""

import pytest
from django.utils import translation

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.processes.access import may_see_people, sees_processes
from kinflow.processes.definitions.actions import add_process, change_process, switch_process
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import (
    SHIPPED,
    add_shipped_processes,
    add_to_systems_at_work,
    shipped_processes,
)
from kinflow.records.access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER, ROLES, TEAM_LEAD
from kinflow.records.changing import Stale
from tests import factories

from .given import OWNER, shipped
from .test_steps import content

pytestmark = pytest.mark.django_db


def test_a_process_is_added_with_what_it_says():
    process = add_process(**content(goals=[{"measure": "duration", "at_most": 24}]), by=OWNER)
    assert Process.objects.get().goals == [{"measure": "duration", "share": 1, "at_most": 24}]
    entry = Entry.objects.get(name="processes.process_added")
    assert (entry.mentioned[0].kind, entry.mentioned[0].object_id) == ("process", process.pk)


def test_no_two_processes_have_the_same_key():
    add_process(**content(), by=OWNER)
    with pytest.raises(Invalid, match="key"):
        add_process(**content(), by=OWNER)


@pytest.mark.parametrize("key", ["structure", "objects", "new"])
def test_no_process_takes_the_address_of_another_page(key):
    with pytest.raises(Invalid, match="address of its own"):
        add_process(**content(key=key), by=OWNER)


def test_what_changes_is_told_and_what_does_not_is_not():
    process = add_process(**content(), by=OWNER)
    changed = change_process(process=process, changes={"name": "Interest", "position": 100}, by=OWNER)
    assert changed.version == process.version + 1
    assert Entry.objects.get(name="processes.process_changed").data["changes"] == {
        "name": ["Leads", "Interest"]
    }
    change_process(process=process, changes={"name": "Interest"}, by=OWNER)
    assert Entry.objects.filter(name="processes.process_changed").count() == 1


def test_what_a_process_is_about_stays():
    process = add_process(**content(), by=OWNER)
    for name in ("key", "case_kind", "is_active", "nonsense"):
        with pytest.raises(Invalid):
            change_process(process=process, changes={name: "case"}, by=OWNER)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"goals": [{"measure": []}]}, "/goals/0/measure"),
        ({"goals": [{"measure": {}, "share": float("nan")}]}, "/goals/0/measure"),
        ({"goals": [{"measure": "duration", "at_most": float("inf")}]}, "/goals/0/at_most"),
        ({"goals": [{"measure": "duration", "at_most": 24, "share": float("nan")}]}, "/goals/0/share"),
        ({"rates": {"usual": float("nan")}}, "/rates/usual"),
        ({"ends": [[]]}, "/ends"),
        ({"steps": [{"key": []}]}, "/steps/0/event"),
        ({"condition": {"field": "nothing", "op": "is", "value": 1}}, "/condition/field"),
    ],
)
def test_values_of_any_sort_are_refused_at_their_place_and_nothing_is_changed(changes, pointer):
    process = add_process(**content(), by=OWNER)
    with pytest.raises(Invalid) as refused:
        change_process(process=process, changes=changes, by=OWNER)
    assert refused.value.errors[0].pointer == pointer
    assert Process.objects.get().version == process.version


def test_two_editors_do_not_overwrite_each_other():
    process = add_process(**content(), by=OWNER)
    change_process(process=process, changes={"name": "Interest"}, seen=1, by=OWNER)
    with pytest.raises(Stale):
        change_process(process=process, changes={"name": "Prospects"}, seen=1, by=OWNER)


def test_a_process_is_put_aside_and_taken_up_again():
    process = add_process(**content(), by=OWNER)
    assert switch_process(process=process, is_active=False, by=OWNER).is_active is False
    assert switch_process(process=process, is_active=True, by=OWNER).is_active is True
    switch_process(process=process, is_active=True, by=OWNER)
    names = list(Entry.objects.order_by("pk").values_list("name", flat=True))
    assert names[1:] == ["processes.process_switched_off", "processes.process_switched_on"]


def test_the_shipped_processes_come_once_and_stay_as_they_were_changed():
    first = shipped_processes(SYSTEM)
    assert {process.key for process in first} == {given["key"] for given in SHIPPED}
    change_process(process=first[0], changes={"name": "Ours"}, by=OWNER)
    assert add_shipped_processes(by=SYSTEM) == []
    assert Process.objects.get(pk=first[0].pk).name == "Ours"


def test_a_shipped_process_makes_room_for_one_that_has_its_key():
    add_process(**content(key="lead"), by=OWNER)
    add_shipped_processes(by=SYSTEM)
    assert Process.objects.get(shipped_as="lead").key == "lead-2"


def test_a_system_at_work_gets_the_shipped_ones_and_an_empty_one_waits_for_its_setup():
    add_to_systems_at_work()
    assert not Process.objects.exists()
    factories.lead()
    add_to_systems_at_work()
    assert Process.objects.count() == len(SHIPPED)


def test_a_process_is_called_in_the_readers_language(settings):
    process = shipped("lead")
    with translation.override("zh-hans"):
        assert process.called == "线索到销售机会"
    with translation.override("en"):
        assert str(process) == "Lead to opportunity"


SEE = {PROCESS_OWNER, ADMINISTRATOR, AUDITOR, TEAM_LEAD}
CHANGE = {PROCESS_OWNER, ADMINISTRATOR}


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_and_who_changes_processes(role):
    by = factories.role_actor(role)
    process = shipped()
    assert sees_processes(by) == (role in SEE)
    assert may_see_people(by) == (role in SEE - {TEAM_LEAD})
    for run in (
        lambda: add_process(**content(), by=by),
        lambda: change_process(process=process, changes={"position": 7}, by=by),
        lambda: switch_process(process=process, is_active=False, by=by),
        lambda: add_shipped_processes(by=by),
    ):
        if role in CHANGE:
            run()
        else:
            with pytest.raises(Refused):
                run()
