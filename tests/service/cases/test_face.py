"""The case's face fits its model, its actions and its rules."""

import pytest

from kinflow.conditions import parse
from kinflow.records.access import accesses
from kinflow.records.asking import inputs_of
from kinflow.records.faces import VOCABULARY, face_of
from kinflow.service.cases.rules import OPEN_STATUSES, STATUSES

FACE = face_of("case")


def test_every_verb_is_an_action_that_somebody_may_run():
    for verb in FACE.verbs:
        assert verb.action.action_name in accesses["case"].run
        inputs_of(verb.action, FACE)


def test_every_key_stands_for_one_verb():
    keys = [verb.key for verb in FACE.verbs]
    assert all(len(key) == 1 for key in keys)
    assert len(set(keys)) == len(keys)
    assert FACE.verb("assign").key == "a"
    assert FACE.verb("assign").bulk


def test_the_board_moves_by_verbs_to_columns_that_exist():
    assert set(FACE.board.moves) <= {status for status, _label in STATUSES}
    assert all(FACE.verb(name) for name in FACE.board.moves.values())


@pytest.mark.parametrize("key", [key for key, _label, _where in FACE.views])
def test_every_view_is_a_condition_that_can_be_read(key):
    where = next(where for each, _label, where in FACE.views if each == key)
    parse(dict(where), "case", VOCABULARY)


def test_columns_and_facts_name_fields_that_exist():
    named = {*FACE.columns, *FACE.search, *(name for _label, names in FACE.facts for name in names)}
    assert named <= set(FACE.by_name)


def test_what_is_open_is_work():
    assert FACE.work.open == {"status__in": OPEN_STATUSES}
    assert FACE.work.weight == 1
