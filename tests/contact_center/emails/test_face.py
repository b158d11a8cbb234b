"""The e-mail's face fits its model, its actions and its rules."""

import pytest
from django.template.loader import get_template

from kinflow.conditions import parse
from kinflow.eventlog.event import registry
from kinflow.records.access import accesses
from kinflow.records.asking import inputs_of
from kinflow.records.faces import VOCABULARY, face_of

FACE = face_of("email")


def test_every_verb_is_an_action_that_somebody_may_run():
    for verb in FACE.verbs:
        assert verb.action.action_name in accesses["email"].run
        inputs_of(verb.action, FACE)


def test_every_key_stands_for_one_verb():
    keys = [verb.key for verb in FACE.verbs]
    assert len(set(keys)) == len(keys)
    assert FACE.verb("assign").key == "a"
    assert FACE.verb("assign").bulk


def test_recording_an_answer_says_that_nothing_is_sent():
    asked = {each.name: each for each in inputs_of(FACE.verb("answer").action, FACE)}
    assert "does not send" in str(asked["text"].help)


@pytest.mark.parametrize("key", [key for key, _label, _where in FACE.views])
def test_every_view_is_a_condition_that_can_be_read(key):
    where = next(where for each, _label, where in FACE.views if each == key)
    parse(dict(where), "email", VOCABULARY)


def test_columns_and_facts_name_fields_that_exist():
    named = {*FACE.columns, *FACE.search, *(name for _label, names in FACE.facts for name in names)}
    assert named <= set(FACE.by_name)


def test_arrivals_are_events_of_people_not_of_machines():
    assert set(FACE.work.arrivals) <= set(registry)
    assert "contact_center.automatic_email_received" not in FACE.work.arrivals
    assert FACE.work.weight == 0.5


def test_the_body_is_a_template_that_is_there():
    get_template(FACE.body_template)
