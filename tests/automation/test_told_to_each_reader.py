"""What programs say in the log (why a rule failed, why somebody has something) is told in each reader's language."""

from datetime import date

import pytest
from django.utils import translation

from kinflow.automation.assignments.past import given_by, story_of
from kinflow.automation.messages.models import Message
from kinflow.automation.pool.claiming import claim
from kinflow.automation.rules.models import RuleRun
from kinflow.automation.rules.run_pages import line_of
from kinflow.automation.said import MARK, kept_fault, kept_in_all, said, shown, told
from kinflow.automation.templatetags.assignment import as_shown
from kinflow.customers.activities.actions import cancel_activity, plan_activity
from kinflow.eventlog import SYSTEM, action
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.timeline import with_mentions
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.users.actions import create_user
from kinflow.sales.leads.actions import change_lead

from . import given
from .pools_given import lead_pool
from .rules_given import rule, work

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")
TOO_MUCH = {"step": "change_fields", "parameters": {"values": {"score": "-1"}}}


def in_both(say):
    words = []
    for language in LANGUAGES:
        with translation.override(language):
            words.append(say())
    return words


def sentence(name):
    (entry,) = with_mentions(list(Entry.objects.filter(name=name)))
    return narrate([entry])[0].text


@pytest.fixture(params=LANGUAGES)
def me(request):
    who = given.person("Sun", given.unit(), roles=("representative", "process_owner", "team_lead"))
    create_user(login="sun", password="pumps-and-seals-42", person=who, language=request.param, by=SYSTEM)
    return who


def test_why_a_rule_failed_is_told_in_the_language_of_who_reads_it_whatever_its_owner_speaks(me):
    rule(me, steps=[TOO_MUCH])
    given.lead(owner=me)
    work()
    run = RuleRun.objects.get()
    assert run.state != "done"
    line = run.log[-1]
    english, chinese = in_both(lambda: line_of(line)["words"])
    assert english.isascii()
    assert english.startswith("Please check these values")
    assert chinese.startswith("请检查")
    assert in_both(lambda: sentence("automation.rule_failed"))[0].endswith(english)
    assert in_both(lambda: sentence("automation.rule_failed"))[1].endswith(chinese)
    assert (Message.objects.get().text["en"], Message.objects.get().text["zh-hans"]) == (english, chinese)
    remedies = in_both(lambda: line_of(line)["remedy"])
    assert remedies[0] == remedies[1] or remedies[0].isascii()


def test_a_rule_whose_owner_has_left_says_so_in_both(me):
    rule(me, steps=[TOO_MUCH])
    me.left_on = date(2020, 1, 1)
    given.put(rows=[me], by=SYSTEM)
    given.lead()
    work()
    line = RuleRun.objects.get().log[-1]
    assert in_both(lambda: line_of(line)["words"])[0] == "Sun, who owns the rule, has left."
    assert "Sun" in in_both(lambda: line_of(line)["words"])[1]
    assert in_both(lambda: line_of(line)["remedy"])[0] == "Give the rule another owner, then try again."
    assert not in_both(lambda: line_of(line)["remedy"])[1].isascii()


@action
@given.in_domain("sales")
def failing(*, lead, by):
    """Change a lead and fail, as a step would."""

    def again():
        change_lead(lead=lead, changes={"notes": translation.get_language()}, by=by)
        raise Invalid(errors=[FieldError("/x", translation.gettext("Give it a name."))])

    try:
        raise Invalid(errors=[FieldError("/x", translation.gettext("Give it a name."))])
    except Invalid as problem:
        return kept_fault(problem, again)


def test_what_was_done_again_to_hear_it_in_another_language_is_undone():
    lead = given.lead()
    fault, remedy = failing(lead=lead, by=SYSTEM)
    english, chinese = in_both(lambda: told(fault))
    assert english == "Please check these values Give it a name."
    assert chinese != english
    assert remedy == ""
    lead.refresh_from_db()
    assert lead.notes == ""
    assert not Entry.objects.filter(name="sales.lead_changed").exists()


def test_a_fault_that_is_said_in_one_language_only_is_told_in_that():
    fault, remedy = kept_fault(Conflict("KeyError: x", remedy="Look there"))
    assert in_both(lambda: told(fault)) == ["KeyError: x"] * 2
    assert in_both(lambda: told(remedy)) == ["Look there"] * 2


def test_words_of_every_language_are_kept_together_and_plain_where_they_are_the_same():
    assert kept_in_all({"en": "Call", "zh-hans": "Call"}) == "Call"
    text = kept_in_all({"en": "Call " * 150, "zh-hans": "致电" * 150})
    assert in_both(lambda: shown(text)) == ["Call " * 150, "致电" * 150]


@pytest.mark.parametrize(
    "typed", ["[[", '[["Price",{}]', '[["%(a)999999999d",{"a":1}]]', '[["%(a)s%",{"a":1}]]', "Price", "等待"]
)
def test_what_people_write_stays_and_does_no_harm(typed):
    assert len(shown(typed)) <= len(typed)
    task = plan_activity(subject="Call", by=SYSTEM)
    cancel_activity(activity=task, reason=typed, by=SYSTEM)
    assert sentence("customers.activity_cancelled")
    if not typed.startswith(MARK):
        assert in_both(lambda: shown(typed)) == [typed] * 2


def test_why_somebody_has_something_is_told_to_each_reader(me):
    lead_pool(protected_days=14)
    lead = given.lead()
    with translation.override("zh-hans"):
        claim(record=lead, person=me, by=given.actor(me))
    told_again = in_both(lambda: story_of("lead", lead.pk)[0])
    assert in_both(lambda: given_by(told_again[0]).reason) == ["Claimed from the pool", "从公海领取"]
    assert in_both(lambda: as_shown(told_again[0].data["reason"]))[0] == "Claimed from the pool"


def test_what_is_said_has_no_places_but_plain_ones():
    assert str(said("%(a)5d", a=1)) == "%(a)5d"
    assert str(said("%(a)d %% of %(b)s", a=1, b="x")) == "1 % of x"
