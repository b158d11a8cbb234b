"""Why an instance is stuck is told in the language of who reads it, whatever its design's owner speaks."""

from types import SimpleNamespace
from unittest import mock

import pytest
from django.utils import translation

from kinflow.automation.messages.models import Message
from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.timeline import with_mentions
from kinflow.kit.problem import FieldError
from kinflow.organisation.users.actions import create_user
from kinflow.processes.designs.kept import NotFit, forget, kept
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.api import read_tokens
from kinflow.processes.execution.models import ProcessInstance
from tests.automation.given import lead

from .given import by_of, design, follow, owner
from .test_pages import get

pytestmark = pytest.mark.django_db
WAYS = ("s start; a task; Choose xor; b task; c task; e end", "s a; a Choose; Choose b; Choose c; b e; c e")
BINDINGS = {"Choose_b": {"results": ["approved"]}, "Choose_c": {"results": ["approved"]}}
TOLD = {"en": "No condition holds at “Choose”.", "zh-hans": "“Choose”处没有条件成立。"}
REMEDY = {"en": "Change the record, or the design.", "zh-hans": "请修改记录或设计。"}


@pytest.fixture(params=["en", "zh-hans"])
def me(request):
    who = owner()
    create_user(login="sun", password="pumps-and-seals-42", person=who, language=request.param, by=SYSTEM)
    return who


@pytest.fixture
def stuck(me) -> ProcessInstance:
    made = design(me, *WAYS, BINDINGS)
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    finish_activity(activity=Activity.objects.get(), result="refused", by=SYSTEM)
    follow()
    started.refresh_from_db()
    assert started.state == "stuck"
    return started


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_the_log_and_the_api_tell_it_to_each_reader(stuck, me, language):
    with translation.override(language):
        page = get(me, f"/process-instance/{stuck.pk}/").content.decode()
        assert f"{TOLD[language]} {REMEDY[language]}" in page
        assert TOLD[language] in get(me, f"/process-design/{stuck.design_id}/running/").content.decode()
        (entry,) = with_mentions(list(Entry.objects.filter(name="processes.process_stuck")))
        assert TOLD[language] in narrate([entry])[0].text
        (token,) = read_tokens(SimpleNamespace(by=by_of(me)), stuck.pk).tokens
        assert (token.fault, token.told) == (TOLD[language],) * 2


def test_the_message_says_it_in_every_language(stuck):
    told = Message.objects.get(key__startswith="process_stuck")
    assert told.text == TOLD


def test_what_a_version_is_bound_to_and_is_gone_is_told_in_every_language(me):
    made = design(me, *WAYS, BINDINGS)
    forget()

    def gone(kind, plan, given, errors, **_how):
        errors.append(FieldError("/bindings/a", translation.gettext("Choose a design.")))
        return {}

    with mock.patch("kinflow.processes.designs.kept.read_bindings", gone), pytest.raises(NotFit) as refused:
        kept(made.pk, made.number)
    assert refused.value.words == {"en": "Choose a design.", "zh-hans": "请选择流程设计。"}
