"""A process's log as its readers may see it."""

from dataclasses import replace

import pytest
from django.utils import translation

from kinflow.kit.problem import NotFound, Refused
from kinflow.processes.definitions.actions import add_process
from kinflow.processes.definitions.labels import labels_of
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.reading import columns_of_process, process_called
from kinflow.processes.definitions.sources import Source, finders
from kinflow.records.access import AUDITOR, MARKETER, TEAM_LEAD
from tests import factories
from tests.processes.given import log_of

from .given import OWNER, kept_apart, representative, shipped, worked_lead

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]


def test_cases_people_and_units_are_called_by_their_names():
    lead = worked_lead(representative())
    columns = columns_of_process(shipped(), OWNER)
    assert columns.case_ids == [f"L-{lead.pk}"]
    assert list(columns.resources) == ["陈宇"]
    assert list(columns.units) == ["East"]
    assert "customers.activity_finished:first_call" in columns.activities


def test_people_of_the_same_name_are_told_apart():
    worked_lead(representative())
    worked_lead(representative())
    names = columns_of_process(shipped(), OWNER).resources
    assert len(set(names)) == 2
    assert all(name.startswith("陈宇 #") for name in names)


def test_a_team_lead_sees_the_process_and_its_units_without_people():
    worked_lead(representative())
    process = shipped()
    columns = columns_of_process(process, factories.role_actor(TEAM_LEAD))
    assert list(columns.resources) == []
    assert set(columns.resource.tolist()) == {-1}
    assert list(columns.units) == ["East"]
    assert list(columns_of_process(process, factories.role_actor(AUDITOR)).resources) == ["陈宇"]


def test_others_and_tokens_for_other_things_see_nothing():
    process = shipped()
    with pytest.raises(Refused):
        columns_of_process(process, factories.role_actor(MARKETER))
    with pytest.raises(Refused):
        columns_of_process(process, replace(OWNER, scopes=frozenset({"lead:read"})))


def test_as_long_as_nothing_changed_it_is_the_same_log():
    worked_lead(representative())
    process = shipped()
    first = columns_of_process(process, OWNER)
    assert columns_of_process(process, OWNER) is first
    factories.lead()
    assert columns_of_process(process, OWNER).cases == 2


def test_a_condition_says_which_cases():
    repair, question = factories.case(kind="repair"), factories.case(kind="question")
    assert columns_of_process(shipped("repair"), OWNER).case_ids == [f"C-{repair.pk}"]
    assert len(columns_of_process(shipped("case"), OWNER).case_ids) == 2
    assert question.kind == "question"


def test_every_activity_on_every_level_has_a_name_in_both_languages():
    worked_lead(representative(), is_good=False)
    process = shipped()
    for level in ("details", "steps", "phases"):
        columns = columns_of_process(process, OWNER, level=level)
        for language in ("en", "zh-hans"):
            with translation.override(language):
                labels = labels_of(process, columns.activities)
            assert all(label and label != key for key, label in labels.items())
    with translation.override("en"):
        labels = labels_of(process, ["customers.activity_finished:first_call=reached", "unknown"])
    assert labels == {
        "customers.activity_finished:first_call=reached": "First call: Reached",
        "unknown": "unknown",
    }


def test_the_log_of_another_system_is_a_process_too():
    process = add_process(key="foreign", name="Foreign", by=OWNER)
    with pytest.raises(NotFound):
        columns_of_process(process, OWNER)
    log = log_of([("x", "a", 1, "Ann"), ("x", "b", 2, "Bo")])

    def finder(asked: Process):
        return Source(1, lambda: log) if asked.key == "foreign" else None

    finders.append(finder)
    try:
        assert columns_of_process(process, OWNER) is log
        assert columns_of_process(process, factories.role_actor(TEAM_LEAD)).resources == ()
    finally:
        finders.remove(finder)


def test_a_process_is_found_by_its_key_and_by_its_names():
    process = shipped()
    assert process_called("lead", OWNER) == process
    assert process_called("Lead to opportunity", OWNER) == process
    assert process_called("线索到销售机会", OWNER) == process
    with pytest.raises(NotFound):
        process_called("nothing", OWNER)
    with pytest.raises(Refused):
        process_called("lead", factories.role_actor(MARKETER))
