"""Finding somebody in the organisation chart: what is found, and that the chart unfolds there."""

from datetime import date

import pytest

from kinflow.organisation.people.actions import record_leaving
from kinflow.organisation.units.actions import close_unit
from kinflow.organisation.units.finding import found_by, unfolded_for
from kinflow.records.access import REPRESENTATIVE
from kinflow.records.search.indexing import rebuild
from tests import factories

from ..clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def deep():
    """A team three levels below the company."""
    company = factories.unit("鲸川泵业", kind="company")
    sales = factories.unit("Sales", parent=company)
    return factories.unit("浙江组", parent=factories.unit("华东大区", parent=sales))


def marks(text):
    rebuild()
    return [found.mark for found in found_by(factories.role_actor(REPRESENTATIVE), text)]


@pytest.mark.parametrize("text", ["毕长博", "长博", "bichangbo", "bcb"])
def test_a_person_is_found_by_characters_pinyin_and_initials(deep, text):
    person = factories.person("毕", "长博", unit=deep)
    assert marks(text) == [f"person-{person.pk}"]


def test_a_unit_is_found_by_its_name_without_all_its_people(deep):
    factories.person("毕", "长博", unit=deep)
    assert marks("zhejiang") == [f"unit-{deep.pk}"]


def test_who_has_left_and_what_is_closed_is_not_in_the_chart(deep):
    person = factories.person("毕", "长博", unit=deep)
    record_leaving(person=person, on=date(2020, 1, 31), by=factories.admin())
    close_unit(unit=deep, by=factories.admin())
    assert marks("bichangbo") == marks("zhejiang") == []


def test_who_leaves_later_is_in_the_chart_until_then(deep):
    person = factories.person("毕", "长博", unit=deep)
    record_leaving(person=person, on=date(2099, 1, 31), by=factories.admin())
    assert marks("bichangbo") == [f"person-{person.pk}"]


def test_all_units_down_to_somebody_are_unfolded(deep):
    person, by = factories.person(unit=deep), factories.admin()
    above = {int(part) for part in deep.path.strip("/").split("/")}
    assert unfolded_for(by, f"person-{person.pk}") == unfolded_for(by, f"unit-{deep.pk}") == above
    assert unfolded_for(by, "person-999999999") is None
    assert unfolded_for(by, "chen") is None


def test_the_only_one_found_is_shown_in_its_place_without_scripts(deep):
    person, client = factories.person("毕", "长博", unit=deep), client_of(REPRESENTATIVE, deep)
    rebuild()
    answer = client.get("/organisation/?find=bcb")
    assert answer["Location"] == f"?find=person-{person.pk}#person-{person.pk}"
    page = client.get(f"/organisation/?find=person-{person.pk}").content.decode()
    assert f'<li id="person-{person.pk}" class="found">' in page
    assert page.count("<details open>") == 4


def test_several_found_are_offered_and_none_is_told(deep):
    for given in ("长博", "长风"):
        factories.person("毕", given, unit=deep)
    client = client_of(REPRESENTATIVE, deep)
    rebuild()
    assert client.get("/organisation/?find=bichang").content.decode().count("?find=person-") == 2
    assert "called like this" in client.get("/organisation/?find=nobody-at-all").content.decode()
    assert client.get("/organisation/?find=%00").status_code == 200


def test_the_field_is_told_marks_names_and_places(deep):
    person, client = factories.person("毕", "长博", unit=deep), client_of(REPRESENTATIVE, deep)
    rebuild()
    told = client.get("/organisation/find/?q=bcb").json()
    assert told == [{"id": f"person-{person.pk}", "label": "毕长博", "hint": "浙江组"}]
    assert client.get("/organisation/find/?q=").json() == []
