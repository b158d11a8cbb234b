"""Skills and territories are added once, with codes and places that can be."""

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.skills import actions
from kinflow.organisation.skills.actions import SkillCodeTaken, TerritoryNameTaken
from kinflow.records.access import TEAM_LEAD
from tests.factories import role_actor, skill

pytestmark = pytest.mark.django_db


def test_a_code_is_used_once():
    skill("boiler-feed")
    with pytest.raises(SkillCodeTaken):
        actions.add_skill(code=" Boiler-Feed ", name="Again", by=SYSTEM)


@pytest.mark.parametrize("code", ["", "锅炉", "a b", "-a", "a" * 61])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(Invalid) as refused:
        actions.add_skill(code=code, name="A", by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == ["/code"]


def test_a_skill_is_renamed():
    assert actions.change_skill(skill=skill(), changes={"name": "锅炉给水泵"}, by=SYSTEM).name == "锅炉给水泵"


def test_places_are_kept_in_one_form():
    east = actions.add_territory(name="East", places=["cn-zj", "CN-JS", " CN-ZJ"], by=SYSTEM)
    assert east.places == ["CN-ZJ", "CN-JS"]
    changed = actions.change_territory(territory=east, changes={"places": ["de", "AT"]}, by=SYSTEM)
    assert changed.places == ["DE", "AT"]


def test_what_is_no_place_is_named():
    with pytest.raises(Invalid) as refused:
        actions.add_territory(name="East", places=["CN", "浙江", "China"], by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == ["/places/1", "/places/2"]


def test_a_territory_has_a_name_of_its_own():
    actions.add_territory(name="East", by=SYSTEM)
    with pytest.raises(TerritoryNameTaken):
        actions.add_territory(name="East", by=SYSTEM)


def test_only_administrators_add_skills_and_territories():
    by = role_actor(TEAM_LEAD)
    with pytest.raises(Refused):
        actions.add_skill(code="a", name="A", by=by)
    with pytest.raises(Refused):
        actions.add_territory(name="A", by=by)
