"""Designs that act, and their deployments, are called in the reader's language, with their version."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import Told, narrate
from kinflow.processes.deployments.actions import return_deployment
from kinflow.processes.designs.actions import rename_design
from kinflow.processes.execution.actions import start_process
from tests.automation.given import lead
from tests.processes.execution.given import DAY, by_of, design, follow, owner

from .test_deploying import deployed, two_versions

pytestmark = pytest.mark.django_db
CHINESE = {"name": "Follow up a lead", "name_zh": "线索跟进"}


def told(**those: str) -> Told:
    """The newest entry of those, as a Chinese reader has it."""
    entry = Entry.objects.filter(**those).prefetch_related("mentions").latest("pk")
    with translation.override("zh-hans"):
        return narrate([entry])[0]


def test_what_a_design_does_is_told_with_its_name_and_version():
    me = owner()
    made = design(me, "s start; t catch timer; e end", "s t; t e", {"t": DAY})
    rename_design(processdesign=made, changes=CHINESE, by=by_of(me))
    start_process(design=made, about=lead(), by=by_of(me))
    follow(timezone.now() + timedelta(days=2))
    assert told(actor_kind="process").by == f"线索跟进 v{made.number}"


def test_a_deployment_is_called_as_its_design():
    me = owner()
    made = two_versions(me)
    rename_design(processdesign=made, changes=CHINESE, by=by_of(me))
    deployment = deployed(me, made, way="share", share=50)
    return_deployment(deployment=deployment, reason="too slow", by=by_of(me))
    found = told(name="processes.deployment_returned")
    assert "线索跟进 v2" in found.text
    assert f'href="/deployment/{deployment.pk}/"' in found.html
