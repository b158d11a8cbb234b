"""Why an instance is stuck is told in the language of who reads it, whatever its design's owner speaks."""

import json
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from unittest import mock

import pytest
from django.utils import timezone, translation

from kinflow.automation.messages.models import Message
from kinflow.automation.webhooks.following import body_of
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
from kinflow.processes.execution.models import ProcessInstance, ProcessToken
from kinflow.processes.execution.working import Working
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


TOO_MUCH = {"m": {"do": [{"step": "change_fields", "parameters": {"values": {"score": "-1"}}}]}}


@pytest.fixture
def failed(me) -> ProcessInstance:
    """An instance whose automatic step does not fit its record, in the words of the step."""
    made = design(me, "s start; m auto; a task; e end", "s m; m a; a e", TOO_MUCH)
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    follow()
    started.refresh_from_db()
    assert started.state == "stuck"
    return started


def in_both(say):
    words = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words.append(say())
    return words


def test_why_an_automatic_step_failed_is_told_to_each_reader(failed, me):
    asked = SimpleNamespace(by=by_of(me))
    english, chinese = in_both(lambda: read_tokens(asked, failed.pk).tokens[0].fault)
    assert english.startswith("Please check these values")
    assert chinese.startswith("请检查")
    assert english.isascii()
    pages = (f"/process-instance/{failed.pk}/", f"/process-design/{failed.design_id}/running/")
    for address in pages:
        told_in = in_both(lambda where=address: get(me, where).content.decode())
        assert english in unescape(told_in[0])
        assert chinese in unescape(told_in[1])
    (entry,) = with_mentions(list(Entry.objects.filter(name="processes.process_stuck")))
    sentences = in_both(lambda: narrate([entry])[0].text)
    assert sentences[0].endswith(english)
    assert sentences[1].endswith(chinese)
    assert Message.objects.get(key__startswith="process_stuck").text == {"en": english, "zh-hans": chinese}


def test_receivers_of_events_get_the_fault_in_words_too(failed):
    entry = Entry.objects.get(name="processes.process_stuck")
    body = json.loads(body_of(entry, SYSTEM))
    assert body["data"]["fault"].startswith("[[")
    assert body["texts"]["fault"].startswith("Please check these values")


def test_what_was_done_again_to_hear_it_in_another_language_leaves_nothing(me):
    steps = [{"step": "change_fields", "parameters": {"values": {"notes": "Seen"}}}, *TOO_MUCH["m"]["do"]]
    made = design(me, "s start; m auto; e end", "s m; m e", {"m": {"do": steps}})
    about = lead(owner=me)
    started = start_process(design=made, about=about, by=by_of(me))
    about.refresh_from_db()
    assert about.notes == ""
    assert not Entry.objects.filter(name="sales.lead_changed").exists()
    assert started.tokens.get().attempts == 1


def test_what_was_kept_in_one_language_is_still_shown(failed, me):
    ProcessToken.objects.update(fault="The price is gone.", remedy="Give one.")
    for page in in_both(lambda: get(me, f"/process-instance/{failed.pk}/").content.decode()):
        assert "The price is gone. Give one." in page


def test_why_an_instance_was_cancelled_by_itself_is_told_to_each_reader(me):
    day = {"w": {"duration": {"amount": 1, "unit": "days"}}}
    made = design(me, "s start; w catch timer; e end", "s w; w e", day)
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    with mock.patch.object(Working, "has_record", False):
        follow(timezone.now() + timedelta(days=2))
    started.refresh_from_db()
    assert started.state == "cancelled"
    (entry,) = with_mentions(list(Entry.objects.filter(name="processes.process_cancelled")))
    english, chinese = in_both(lambda: narrate([entry])[0].text)
    assert english.endswith("The record is gone.")
    assert "record" not in chinese
