"""BPMN files of other tools open as designs, or say why not."""

import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.designs.actions import add_design, newest
from kinflow.processes.designs.checking import checked
from kinflow.processes.designs.kept import model_of
from kinflow.processes.designs.words import fault_words
from tests.processes.execution.given import by_of, owner

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


def test_every_file_at_hand_opens_with_a_drawing_and_names_what_is_missing(real_data):
    by, opened, refused = by_of(owner()), 0, []
    files = sorted(path for path in real_data("").rglob("*.bpmn") if path.is_file())
    assert len(files) > 5
    for path in files:
        try:
            made = add_design(file=path.read_bytes(), kind="lead", name=str(path), by=by)
        except Invalid as problem:
            assert all(error.message for error in problem.errors), path
            refused.append(path)
            continue
        opened += 1
        model = model_of(made.pk, 1)
        assert model.is_drawn, path
        found = checked(made.kind, model, newest(made).bindings)
        assert found.is_fit or found.faults, path
        told = [fault_words(fault) for fault in found.faults]
        assert "Something is wrong with the model." not in told, path
    assert not refused, refused
    assert opened == len(files)
