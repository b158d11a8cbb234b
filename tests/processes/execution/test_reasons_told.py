"""What a version in shadow would have done, and why a process gave up a task, is told in each reader's language."""

import pytest
from django.utils import translation

from kinflow.customers.activities.models import Activity
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.timeline import with_mentions
from kinflow.processes.deployments.reporting import would_have
from kinflow.processes.execution.actions import move_token, start_process
from tests.automation.given import lead
from tests.processes.deployments.test_deploying import deployed, two_versions

from .given import MARK_HOT, by_of, design, owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return owner()


def in_both(say):
    words = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words.append(say())
    return words


def sentence(name):
    entries = with_mentions(list(Entry.objects.filter(name=name).order_by("pk")[:1]))
    return narrate(entries)[0].text


def test_what_a_shadow_would_have_done_is_told_to_each_reader(me):
    made = two_versions(me, ("s start; m auto; a task; e end", "s m; m a; a e"), {"m": MARK_HOT})
    running = deployed(me, made, way="shadow")
    start_process(design=made, about=lead(owner=me), by=by_of(me))
    english, chinese = in_both(lambda: sentence("processes.shadow_would_have"))
    assert english.endswith("Would set Notes: Looked at")
    assert chinese != english
    assert "Looked at" in chinese
    assert "Would" not in chinese
    told = in_both(lambda: next(one["would"] for one in would_have(running) if "Looked at" in one["would"]))
    assert told[0] == "Would set Notes: Looked at"
    assert "Would" not in told[1]


def test_why_a_task_was_given_up_is_told_to_each_reader(me):
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    token = started.tokens.get().number
    move_token(processinstance=started, token=token, to="b", reason="No need", by=by_of(me))
    assert Activity.objects.filter(status="cancelled").count() == 1
    english, chinese = in_both(lambda: sentence("customers.activity_cancelled"))
    assert english.endswith("The process went on without it.")
    assert "process" not in chinese
