"""Views are kept, shared and removed by their owners."""

import pytest

from kinflow.conditions import ConditionError
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import ADMINISTRATOR, REPRESENTATIVE
from kinflow.records.faces import registry
from kinflow.records.models import SavedView
from kinflow.records.pages.wanted import tabs_of
from kinflow.records.saved.actions import remove_view, save_view, share_view

from ..pages.visits import text_of, visit
from ..small_world import actor, person

pytestmark = pytest.mark.django_db
HOT = {"field": "score", "op": "at_least", "value": 40}


def tab_names(by):
    return [str(tab.label) for tab in tabs_of(registry["lead"], by)]


def test_a_saved_view_is_its_owners_tab():
    me, other = actor(REPRESENTATIVE, person()), actor(REPRESENTATIVE, person("李伟"))
    save_view(kind="lead", name="Hot", condition=HOT, columns=["id", "score"], sort="-score", by=me)
    assert "Hot" in tab_names(me)
    assert "Hot" not in tab_names(other)
    assert Entry.objects.order_by("-pk").first().name == "records.view_saved"


def test_a_shared_view_is_everybodys_until_it_is_not():
    me, other = actor(REPRESENTATIVE, person()), actor(REPRESENTATIVE, person("李伟"))
    view = save_view(kind="lead", name="Hot", condition=HOT, by=me)
    share_view(view=view, by=me)
    assert "Hot" in tab_names(other)
    share_view(view=view, is_shared=False, by=me)
    assert "Hot" not in tab_names(other)
    assert [e.name for e in Entry.objects.order_by("-pk")[:2]] == ["records.view_shared"] * 2


def test_only_the_owner_or_an_administrator_removes_it():
    me, other = actor(REPRESENTATIVE, person()), actor(REPRESENTATIVE, person("李伟"))
    view = save_view(kind="lead", name="Hot", condition=HOT, is_shared=True, by=me)
    with pytest.raises(Refused):
        remove_view(view=view, by=other)
    remove_view(view=view, by=actor(ADMINISTRATOR))
    assert not SavedView.objects.exists()
    assert Entry.objects.order_by("-pk").first().name == "records.view_removed"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 81}, {"kind": "nothing"}, {"columns": ["password"]}, {"sort": "-password"}],
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(Invalid):
        save_view(**({"kind": "lead", "name": "Hot"} | wrong), by=actor(ADMINISTRATOR))


def test_a_condition_that_means_nothing_is_refused():
    with pytest.raises(ConditionError):
        save_view(kind="lead", name="Hot", condition={"field": "password"}, by=actor(ADMINISTRATOR))


def test_what_a_list_shows_is_saved_from_its_page():
    me = actor(REPRESENTATIVE, person())
    answer = visit(me, "/leads/views/save/?sort=-score&columns=id,score", htmx=True, name="By score")
    view = SavedView.objects.get()
    assert (view.name, view.sort, view.columns) == ("By score", "-score", ["id", "score"])
    assert f"view={view.key}" in answer["HX-Location"]
    assert "By score" in text_of(visit(me, f"/leads/?view={view.key}"))
