"""What other tools had added to a model, and could not stay when moves rewrote it, is told beside the version."""

from typing import Any

import pytest
from django.utils import translation

from kinflow.processes.definitions.models import Process
from kinflow.processes.designs.actions import add_design
from kinflow.processes.designs.versions import newest
from kinflow.processes.redesigns.actions import make_design
from kinflow.processes.redesigns.telling import told_redesign
from kinflow.records.access import PROCESS_OWNER
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of
from tests.processes.studio.test_pages import client_of, words_of

from .test_redesigns import FLOWS, NODES, STEPS, me, process, what_if

__all__ = ["me", "process"]

pytestmark = pytest.mark.django_db


def test_what_other_tools_had_said_and_could_not_stay_is_told_beside_the_version(
    process: Process, me: Any
) -> None:
    of_a_tool = bpmn(NODES, FLOWS).replace(
        b'<userTask id="b"', b'<userTask xmlns:t="urn:t" t:who="me" id="b"'
    )
    of_a_tool = of_a_tool.replace(b"</process>", b"<property/></process>")
    made = add_design(file=of_a_tool, kind="lead", name="Of a tool", by=by_of(me))
    row = what_if(process, {"move": "automate", "step": "step 1", "fixed": 10})
    redesign = make_design(whatif=row, design=made, steps=STEPS, by=by_of(me))
    told = told_redesign(redesign, by_of(me))["left_out"]
    assert told == ["b", "Not read: property"]
    with translation.override("zh-hans"):
        assert told_redesign(redesign, by_of(me))["left_out"][1] == "未读取：property"
    assert b"urn:t" not in bytes(newest(redesign.design).content)
    assert "Of what other tools had added" in words_of(
        client_of("reader", PROCESS_OWNER), f"/process-design/{made.pk}/"
    )
