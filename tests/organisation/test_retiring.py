"""What nobody needs any more is retired, not deleted: it keeps its history and is given to nobody."""

import pytest
from django.utils import translation

from kinflow.automation.scorings.actions import add_scoring
from kinflow.catalogue.products.actions import change_product, retire_product
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused
from kinflow.organisation.calendars.actions import add_calendar, retire_calendar, take_up_calendar
from kinflow.organisation.people.actions import (
    change_person,
    record_leaving,
    set_skill,
    set_territories,
)
from kinflow.organisation.positions.actions import add_position, retire_position, take_up_position
from kinflow.organisation.retiring import Retired, StillInUse
from kinflow.organisation.skills.actions import (
    add_territory,
    retire_skill,
    retire_territory,
    take_up_skill,
    take_up_territory,
)
from kinflow.organisation.skills.matrix import _skills
from kinflow.records.access import TEAM_LEAD
from kinflow.records.faces import registry

from .. import factories

pytestmark = pytest.mark.django_db

NOUNS = {
    "position": (
        lambda: add_position(name="Dispatcher", unit=factories.unit(), by=SYSTEM),
        retire_position,
        take_up_position,
        lambda who, what: change_person(person=who, changes={"position": what}, by=SYSTEM),
    ),
    "skill": (
        lambda: factories.skill("welding"),
        retire_skill,
        take_up_skill,
        lambda who, what: set_skill(person=who, skill=what, level=3, by=SYSTEM),
    ),
    "territory": (
        lambda: add_territory(name="Zhejiang", places=["CN-ZJ"], by=SYSTEM),
        retire_territory,
        take_up_territory,
        lambda who, what: set_territories(person=who, territories=[what], by=SYSTEM),
    ),
    "calendar": (
        lambda: add_calendar(name="Night shift", by=SYSTEM),
        retire_calendar,
        take_up_calendar,
        lambda who, what: change_person(person=who, changes={"calendar": what}, by=SYSTEM),
    ),
}
EVERY = pytest.mark.parametrize("noun", NOUNS)


@EVERY
def test_what_somebody_here_needs_cannot_be_retired_and_they_are_named(noun):
    make, retire, _take_up, give = NOUNS[noun]
    what, who = make(), factories.person("王", "建国")
    give(who, what)
    with pytest.raises(StillInUse, match="王建国"):
        retire(**{noun: what}, by=SYSTEM)
    with translation.override("zh-hans"), pytest.raises(StillInUse, match="仍在使用"):
        retire(**{noun: what}, by=SYSTEM)
    record_leaving(person=who, on=who.created_at.date(), by=SYSTEM)
    assert retire(**{noun: what}, by=SYSTEM).is_retired


@EVERY
def test_what_is_retired_is_given_to_nobody_until_it_is_taken_up_again(noun):
    make, retire, take_up, give = NOUNS[noun]
    what, who = make(), factories.person()
    what = retire(**{noun: what}, by=SYSTEM)
    with pytest.raises(Retired):
        give(who, what)
    with pytest.raises(Retired):
        retire(**{noun: what}, by=SYSTEM)
    what = take_up(**{noun: what}, by=SYSTEM)
    give(who, what)
    with pytest.raises(Retired):
        take_up(**{noun: what}, by=SYSTEM)
    told = Entry.objects.order_by("pk").values_list("name", flat=True)
    assert [n for n in told if n.endswith(("_retired", "_taken_up"))] == [
        f"organisation.{noun}_retired",
        f"organisation.{noun}_taken_up",
    ]


@EVERY
def test_only_administrators_retire(noun):
    make, retire, take_up, _give = NOUNS[noun]
    what = make()
    with pytest.raises(Refused):
        retire(**{noun: what}, by=factories.role_actor(TEAM_LEAD))
    what = retire(**{noun: what}, by=factories.admin())
    with pytest.raises(Refused):
        take_up(**{noun: what}, by=factories.role_actor(TEAM_LEAD))


def test_a_skill_stays_while_a_product_on_sale_takes_it():
    skill = factories.skill("welding")
    product = factories.product(name="Weld pump", skill=skill)
    with pytest.raises(StillInUse, match="Weld pump"):
        retire_skill(skill=skill, by=SYSTEM)
    retire_product(product=product, by=SYSTEM)
    retire_skill(skill=skill, by=SYSTEM)
    other = factories.product("BF-200")
    with pytest.raises(Retired):
        change_product(product=other, changes={"skill": skill}, by=SYSTEM)


def test_a_skill_stays_while_a_scoring_names_it():
    skill = factories.skill("welding")
    criteria = [{"criterion": "named_skill", "weight": 10, "parameters": {"skill": "welding"}}]
    add_scoring(kind="lead", name="Welders", criteria=criteria, by=SYSTEM)
    with pytest.raises(StillInUse, match="Welders"):
        retire_skill(skill=skill, by=SYSTEM)


def test_more_users_than_a_few_are_counted():
    skill = factories.skill("welding")
    for given in "一二三四五":
        set_skill(person=factories.person("王", given), skill=skill, level=1, by=SYSTEM)
    with pytest.raises(StillInUse, match="王一, 王二, 王三 and 2 more"):
        retire_skill(skill=skill, by=SYSTEM)


def test_the_matrix_leaves_retired_skills_out_and_lists_say_so():
    kept, gone = factories.skill("welding"), factories.skill("casting")
    retire_skill(skill=gone, by=SYSTEM)
    assert list(_skills(factories.admin(), "")) == [kept]
    gone.refresh_from_db()
    assert str(registry["skill"].subtitle(gone)) == "Retired"
