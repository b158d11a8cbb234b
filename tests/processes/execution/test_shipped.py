"""The reference processes that are shipped: each can go into operation as it is, in both languages."""

import pytest
from django.utils import translation

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.actions import add_shipped_design, put_into_operation
from kinflow.processes.designs.checking import checked
from kinflow.processes.designs.shipped import SHIPPED
from kinflow.processes.designs.versions import newest
from kinflow.processes.designs.words import fault_words

from .given import by_of, owner


@pytest.mark.django_db
@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda each: each.key)
def test_a_reference_process_is_fit_for_operation(shipped):
    by = by_of(owner())
    with translation.override("zh-hans"):
        made = add_shipped_design(key=shipped.key, by=by)
    model = read_bpmn(bytes(newest(made).content))
    assert model.is_drawn
    found = checked(made.kind, model, newest(made).bindings)
    assert found.is_fit, [fault_words(f) for f in found.faults] + found.errors
    assert put_into_operation(processdesign=made, by=by).live_number == 1
    assert made.name != made.name_zh
