"""BPMN files of other tools open as designs, or say why not."""

import pytest

from kinflow.processes.designs.actions import add_design
from kinflow.processes.designs.checking import checked
from kinflow.processes.designs.kept import model_of
from kinflow.processes.designs.versions import newest
from kinflow.processes.designs.words import fault_words
from tests.processes.execution.given import by_of, owner

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


def test_every_file_at_hand_opens_with_a_drawing_and_names_what_is_missing(real_data):
    by = by_of(owner())
    files = sorted(path for path in real_data("").rglob("*.bpmn") if path.is_file())
    assert len(files) > 5
    for path in files:
        made = add_design(file=path.read_bytes(), kind="lead", name=str(path)[-100:], by=by)
        assert model_of(made.pk, 1).is_drawn, path
        found = checked(made.kind, model_of(made.pk, 1), newest(made).bindings)
        assert found.is_fit or found.faults, path
        told = [fault_words(fault) for fault in found.faults]
        assert "Something is wrong with the model." not in told, path
