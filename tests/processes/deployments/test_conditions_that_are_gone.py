"""Conditions of deployments that cannot be read any more: told to whom it concerns, and no other deployment feels it."""

import pytest
from django.db import connection

from kinflow.automation.messages.models import Message
from kinflow.eventlog.models import Entry
from kinflow.processes.deployments.actions import deploy, place_record
from kinflow.processes.deployments.following import act_on
from kinflow.processes.deployments.models import Placement
from kinflow.processes.deployments.placing import ConditionGone
from kinflow.processes.designs.actions import change_design
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from tests.automation.given import lead
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.execution.test_pages import get

pytestmark = pytest.mark.django_db
ONE, TWO = ("s start; a task; e end", "s a; a e"), ("s start; b task; e end", "s b; b e")
ANY = {"field": "score", "op": "at_least", "value": 0}


@pytest.fixture
def me():
    return owner()


def deployed(me, name, **how):
    made = change_design(processdesign=design(me, *ONE, name=name), file=bpmn(*TWO), by=by_of(me))
    return deploy(processdesign=made, number=2, by=by_of(me), **how)


def forget_field(deployment, column):
    """Let the conditions in a column name a field that is not there, as after an upgrade that took it away."""
    with connection.cursor() as sql:
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute(
            f"UPDATE processes_deployment SET {column} = "  # noqa: S608  # a name of ours
            f"""replace({column}::text, '"score"', '"gone"')::jsonb WHERE id = %s""",
            [deployment.pk],
        )
        sql.execute("SET LOCAL session_replication_role = DEFAULT")


def test_a_start_says_that_the_deployment_is_to_be_mended_and_leaves_nothing(me):
    running, about = deployed(me, "Quote", way="condition", condition=ANY), lead()
    forget_field(running, "condition")
    for start in (place_record, start_process):
        with pytest.raises(
            ConditionGone, match="cannot be read any more: There is no field “gone”"
        ) as refused:
            start(design=running.design, about=about, by=by_of(me))
        assert (refused.value.status, bool(refused.value.remedy)) == (409, True)
    assert not Placement.objects.exists()
    assert not ProcessInstance.objects.exists()
    assert get(me, f"/process-design/{running.design_id}/live/").status_code == 200


def test_what_keeps_one_deployment_from_starting_is_told_once_a_day_and_others_start(me):
    asked = {"event": "sales.lead_captured", "condition": ANY}
    broken, sound = (deployed(me, name, trigger=asked) for name in ("Broken", "Sound"))
    forget_field(broken, "trigger")
    rows = [lead(), lead()]
    for entry in Entry.objects.filter(name="sales.lead_captured").order_by("pk"):
        act_on(entry)
    assert list(ProcessInstance.objects.order_by("pk").values_list("design", "about_id")) == [
        (sound.design_id, row.pk) for row in rows
    ]
    told = Entry.objects.filter(name="processes.deployment_could_not_start")
    assert [("gone" in entry.data["fault"]) for entry in told] == [True, True]
    assert Message.objects.filter(person=me, key__startswith=f"deployment_start:{broken.pk}:").count() == 1
