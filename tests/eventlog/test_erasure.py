"""Forgetting takes the personal values out of the log, and leaves a log that can be read."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kinflow.eventlog import SYSTEM, Actor, Event, WriteOutsideAction, action, personal, record
from kinflow.eventlog.erasure import forget
from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.timeline import timeline_of
from kinflow.organisation.models import Skill

from .small_world import in_domain, try_skill

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class SkillPraised(Event):
    """Somebody praised a skill, which says who they are."""

    __module__ = "kinflow.organisation.tried"
    skill: Skill
    points: int
    praise: str = personal(default="")
    sentence = "{by} gave {skill} {points} points: {praise}"


@action
@in_domain("organisation")
def praise_skill(*, skill: Skill, praise: str, by: Actor) -> None:
    """Tell what somebody said."""
    record(SkillPraised(skill=skill, points=5, praise=praise))


@action
@in_domain("organisation")
def forget_skill(*, skill: Skill, by: Actor) -> int:
    """Blank what is personal about the skill."""
    return forget("skill", skill.pk)


def test_personal_values_are_gone_and_all_else_stays():
    skill, other = try_skill(code="one", note="plain", by=SYSTEM), try_skill(code="two", by=SYSTEM)
    praise_skill(skill=skill, praise="said Chen Yu", by=SYSTEM)
    praise_skill(skill=other, praise="said Li Na", by=SYSTEM)
    before = list(Entry.objects.order_by("pk").values_list("pk", "name", "at", "actor_id", "command_id"))
    mentions = set(Mention.objects.values_list("kind", "object_id", "entry_id", "role"))
    forget_skill(skill=skill, by=SYSTEM)
    assert Entry.objects.get(pk=before[2][0]).data == {"points": 5, "praise": "[erased]"}
    assert Entry.objects.get(pk=before[0][0]).data == {"note": "plain"}
    assert Entry.objects.get(pk=before[3][0]).data["praise"] == "said Li Na"
    assert (
        list(Entry.objects.order_by("pk").values_list("pk", "name", "at", "actor_id", "command_id")) == before
    )
    assert set(Mention.objects.values_list("kind", "object_id", "entry_id", "role")) == mentions


def test_an_erased_entry_still_reads_as_a_sentence():
    skill = try_skill(code="one", by=SYSTEM)
    praise_skill(skill=skill, praise="said Chen Yu", by=SYSTEM)
    forget_skill(skill=skill, by=SYSTEM)
    told = narrate(timeline_of("skill", skill.pk))
    assert told[0].text == "Kinflow gave one 5 points: (erased)"
    assert len(told) == 2


def test_what_was_empty_is_not_called_erased():
    skill = try_skill(code="one", by=SYSTEM)
    praise_skill(skill=skill, praise=None, by=SYSTEM)
    forget_skill(skill=skill, by=SYSTEM)
    assert Entry.objects.latest("pk").data["praise"] is None


def test_the_log_closes_again_behind_an_erasure():
    skill = try_skill(code="one", by=SYSTEM)
    forget_skill(skill=skill, by=SYSTEM)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE eventlog_entry SET data = '{}'")


def test_nothing_is_forgotten_outside_an_action():
    skill = try_skill(code="one", by=SYSTEM)
    with pytest.raises(WriteOutsideAction):
        forget("skill", skill.pk)
