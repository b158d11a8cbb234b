"""Deployed designs in weeks that pass: instances begin and go on at the weeks' own times, and people do their tasks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kinflow.automation.scorings.shipped import shipped_scorings
from kinflow.customers.activities.models import Activity
from kinflow.demo.passing.ageing import age
from kinflow.demo.passing.clock import played_at
from kinflow.demo.passing.ways import steps_left
from kinflow.demo.passing.weeks import pass_weeks
from kinflow.demo.seeding.history import take_over_history
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry, Mention
from kinflow.processes.deployments.models import RUNNING, Deployment, Placement
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation
from kinflow.processes.designs.kept import plan_for
from kinflow.processes.execution.models import DONE, STUCK, ProcessInstance
from kinflow.sales.models import Lead
from kinflow.service.cases.models import Case
from tests.processes.deployments.test_deploying import deployed
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, owner

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
SEED, WEEKS = 4, 3
NONE = {"parts": 0, "needless_mails": 0}
BEFORE = Volumes(accounts=80, contacts=140, known=76, strangers=2, returning=2, cases=2, **NONE)
SINCE = Volumes(accounts=6, contacts=10, known=0, strangers=2, returning=24, cases=36, **NONE)
LOOKED_AT = ("s start; look task; mend task; e end", "s look; look mend; mend e")
TRIED = (
    "s start; look task; mend task; test task; e end",
    "s look; look mend; mend test; test e",
)
ASKED = ("s start; ask task; g xor; again task; e end", "s ask; ask g; g again; g e; again ask")


def on_trial(me: Any, kind: str, event: str, models: tuple[Any, Any], **how: Any) -> Deployment:
    """A design for records of a kind, and a second version of it that goes live."""
    by = by_of(me)
    made = put_into_operation(
        processdesign=add_design(file=bpmn(*models[0]), kind=kind, name=f"{kind} {how['way']}", by=by), by=by
    )
    made = change_design(processdesign=made, file=bpmn(*models[1]), by=by)
    return deployed(me, made, trigger={"event": event}, **how)


@pytest.fixture(scope="module", autouse=True)
def trials(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Deployment]]:
    """A small company with designs on trial for service requests and leads, three weeks later."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:  # a share is drawn by these numbers, whatever ran before
            for model in (Deployment, Case):
                cursor.execute(f"ALTER SEQUENCE {model._meta.db_table}_id_seq RESTART WITH 1")
        take_over_history(world=build(SEED, NOW, days=14, volumes=BEFORE), told=lambda _what: None, by=SYSTEM)
        shipped_scorings(SYSTEM)
        me = owner()
        with played_at(NOW):
            found = {
                "share": on_trial(
                    me, "case", "service.case_opened", (LOOKED_AT, TRIED), way="share", share=50,
                    guards=[{"figure": "stuck", "limit": 50, "least": 5}],
                ),
                "shadow": on_trial(me, "lead", "sales.lead_captured", (ASKED, LOOKED_AT), way="shadow"),
                "guarded": on_trial(
                    me, "case", "service.case_opened", (LOOKED_AT, TRIED), way="all",
                    guards=[{"figure": "median_hours", "limit": 0.01, "least": 5}],
                ),
            }  # fmt: skip
        pass_weeks(WEEKS, NOW, seed=SEED, volumes=SINCE)
        yield {name: Deployment.objects.get(pk=row.pk) for name, row in found.items()}
        transaction.set_rollback(True)


def instances(deployment: Deployment, **which: Any) -> Any:
    return ProcessInstance.objects.filter(deployment=deployment, **which)


def test_each_service_request_has_its_instance_by_its_group_from_when_it_came(trials: Any) -> None:
    share = trials["share"]
    came = Case.objects.filter(created_at__gte=NOW - timedelta(weeks=WEEKS)).in_bulk()
    groups = dict(Placement.objects.filter(deployment=share).values_list("about_id", "number"))
    rows = list(instances(share))
    assert {row.about_id for row in rows} == set(came) == set(groups)
    assert {row.number for row in rows} == {1, 2}
    for row in rows:
        assert row.number == groups[row.about_id]
        assert timedelta(0) <= row.created_at - came[row.about_id].created_at < timedelta(minutes=5)


def test_people_do_the_tasks_in_their_time(trials: Any) -> None:
    old = instances(trials["share"], created_at__lt=NOW - timedelta(weeks=1))
    assert old.count() > 12
    assert old.filter(state=DONE).count() > 0.8 * old.count()
    assert not instances(trials["share"], state=STUCK).exists()
    tasks = Activity.objects.filter(topic="", about_kind="case")
    done = list(tasks.filter(status="done").select_related("owner"))
    assert len(done) > 30
    for task in done:
        assert task.owner is not None
        assert task.created_at <= task.assigned_at < task.ended_at <= NOW
        local = task.ended_at + timedelta(hours=8)
        assert 6 <= local.hour < 22
    assert not tasks.filter(owner=None).exists()


def test_the_log_has_the_times_of_the_weeks(trials: Any) -> None:
    told = Mention.objects.filter(kind="processinstance").select_related("entry").order_by("entry_id")
    for mention in told:
        assert NOW - timedelta(weeks=WEEKS) <= mention.entry.at <= NOW
    instance = instances(trials["share"], state=DONE, number=2).first()
    entries = [m.entry for m in told if m.object_id == instance.pk]
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    assert entries[0].at == instance.created_at
    assert entries[-1].at == instance.ended_at


def test_a_version_in_shadow_watches_and_does_nothing(trials: Any) -> None:
    leads = Lead.objects.filter(created_at__gte=NOW - timedelta(weeks=WEEKS)).count()
    shadows = instances(trials["shadow"], is_shadow=True)
    assert shadows.count() == instances(trials["shadow"], is_shadow=False).count() == leads > 15
    said = Entry.objects.filter(name="processes.shadow_would_have", mentions__kind="deployment")
    assert said.filter(mentions__object_id=trials["shadow"].pk).count() >= leads
    assert shadows.filter(state=DONE).exists()


def test_a_guard_takes_a_version_back_when_its_limit_is_passed(trials: Any) -> None:
    assert trials["share"].state == RUNNING
    assert trials["guarded"].state != RUNNING
    assert NOW - timedelta(weeks=WEEKS) < trials["guarded"].ended_at < NOW


def test_people_choose_ways_where_the_model_leaves_it_to_them(trials: Any) -> None:
    told = Entry.objects.filter(name="processes.process_way_chosen")
    assert told.filter(actor_kind="person").exists() or told.exists()
    plan = plan_for(trials["shadow"].design_id, 1)
    ways = {plan.targets[flow]: steps_left(plan, flow) for flow in plan.nodes["g"].out}
    assert ways["e"] == 0 < ways["again"]


def test_another_moment_holds_for_what_is_done_there_only() -> None:
    then = NOW - timedelta(days=3)
    with played_at(then):
        assert timezone.now() == then
    assert timezone.now() > NOW
    age(0)
