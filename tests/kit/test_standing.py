"""Standing queries: the queryset's own answer, with values that come later."""

import pytest
from django.db import DataError, transaction
from django.db.models import Model

from kinflow.eventlog import SYSTEM
from kinflow.kit.standing import FIRST_GAP, StandingQuery, asked, executed, in_one_go
from kinflow.organisation.people.models import Person
from kinflow.organisation.units.actions import add_unit
from kinflow.organisation.units.models import Unit

pytestmark = pytest.mark.django_db
below = StandingQuery[Unit](
    lambda pk: Unit.objects.select_related("parent").filter(parent=pk).order_by("pk"), 1
)
among = StandingQuery[Unit](lambda ids: Unit.objects.filter(pk__among=ids).only("name").order_by("-pk"), 1)


def test_it_gives_models_with_their_relations_for_each_value(django_assert_num_queries) -> None:
    east, west = add_unit(name="East", by=SYSTEM), add_unit(name="West", by=SYSTEM)
    shop = add_unit(name="Shop", parent=east, by=SYSTEM)
    with django_assert_num_queries(3):
        assert below(east.pk) == [shop]
        assert below(west.pk) == []
        assert below(east.pk)[0].parent.name == "East"


def test_it_takes_any_number_of_ids_as_one_value(django_assert_num_queries) -> None:
    units = [add_unit(name=f"Unit {n}", by=SYSTEM) for n in range(3)]
    with django_assert_num_queries(3):
        assert among([]) == []
        assert [unit.name for unit in among([u.pk for u in units])] == ["Unit 2", "Unit 1", "Unit 0"]
        assert among([units[1].pk, 2**62]) == [units[1]]


def test_what_goes_in_one_go_sees_what_went_before() -> None:
    with in_one_go():
        executed("CREATE TEMPORARY TABLE tried (number integer) ON COMMIT DROP", [])
        executed("INSERT INTO tried VALUES (%s)", [7])
        found = asked("SELECT number FROM tried", [])
        more = below.asked(0)
    assert (found(), more()) == ([(7,)], [])


def test_what_fails_in_one_go_is_known_at_its_end_and_undone() -> None:
    east = add_unit(name="East", by=SYSTEM)

    @transaction.atomic
    def go_wrong() -> None:
        with in_one_go():
            executed("SELECT set_config('kinflow.tried', 'yes', true)", [])
            executed("SELECT 1 / %s::integer", [0])

    with pytest.raises(DataError):
        go_wrong()
    assert asked("SELECT coalesce(current_setting('kinflow.tried', true), '')", [])() == [("",)]
    assert [unit.name for unit in among([east.pk])] == ["East"]


def test_what_was_left_out_is_loaded_when_asked_for() -> None:
    unit = add_unit(name="Only", by=SYSTEM)
    [found] = among([unit.pk])
    assert found.get_deferred_fields()
    assert found.path == unit.path


def test_prepared_and_ordinary_statements_agree() -> None:
    unit = add_unit(name="东区", by=SYSTEM)
    prepared = among([unit.pk])[0]
    assert (prepared.pk, prepared.name) == (unit.pk, "东区")
    assert _values(StandingQuery(lambda pk: Unit.objects.filter(pk=pk), 1)(unit.pk)[0]) == _values(
        Unit.objects.get(pk=unit.pk)
    )


def test_a_text_is_a_value_too() -> None:
    add_unit(name="东区", by=SYSTEM)
    named = StandingQuery[Unit](lambda name: Unit.objects.filter(name=name), 1)
    assert [unit.name for unit in named("东区")] == ["东区"]
    assert named("西区") == []


def test_nothing_is_lost_when_there_is_nothing() -> None:
    assert StandingQuery(lambda pk: Person.objects.filter(pk=pk), 1).first(1) is None


def test_a_gap_that_does_not_reach_the_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        StandingQuery(lambda pk: Unit.objects.all(), 1)(1)
    with pytest.raises(ValueError, match="gap"):
        StandingQuery(lambda pk: Unit.objects.filter(name__startswith=str(pk)), 1)(1)


def test_an_id_as_large_as_a_gap_is_a_value_like_another() -> None:
    assert among([FIRST_GAP]) == []


def _values(record: Model) -> dict[str, object]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
