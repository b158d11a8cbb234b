"""What can be done with people, and what is refused without a trace."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.organisation.models import Absence, Person
from kinflow.organisation.people import actions
from kinflow.organisation.people.checking import EmailTaken, HasLeft, ReportingCircle
from kinflow.organisation.people.presence import AbsenceOverlaps
from kinflow.organisation.skills.actions import add_territory
from tests.factories import lead, person, skill

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def names() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"family_name": "  "}, "/family_name"),
        ({"email": "nobody"}, "/email"),
        ({"seniority": 0}, "/seniority"),
        ({"seniority": 6}, "/seniority"),
        ({"roles": ("emperor",)}, "/roles"),
    ],
)
def test_wrong_values_are_named_and_nothing_is_kept(given, field):
    with pytest.raises(Invalid) as refused:
        person(**given)
    assert [e.pointer for e in refused.value.errors] == [field]
    assert not Person.objects.exists()


def test_an_email_address_is_one_persons_whatever_its_case():
    person(email="chen.yu@kinflow.example")
    with pytest.raises(EmailTaken) as refused:
        person(email="Chen.Yu@kinflow.example")
    assert refused.value.field == "/email"
    person(), person()  # without an address there is nothing to be taken


def test_nobody_reports_to_themselves():
    a = person()
    b = person(reports_to=a)
    c = person(reports_to=b)
    for superior in (a, b, c):
        with pytest.raises(ReportingCircle):
            actions.change_person(person=a, changes={"reports_to": superior.pk}, by=SYSTEM)


def test_a_level_is_set_changed_and_taken_away():
    who, pumps = person(), skill()
    actions.set_skill(person=who, skill=pumps, level=3, by=SYSTEM)
    actions.set_skill(person=who, skill=pumps, level=3, by=SYSTEM)
    actions.set_skill(person=who, skill=pumps, level=5, by=SYSTEM)
    assert who.skills.get().level == 5
    actions.set_skill(person=who, skill=pumps, level=0, by=SYSTEM)
    assert not who.skills.exists()
    told = Entry.objects.filter(name="organisation.skill_set").order_by("pk")
    assert [(e.data["before"], e.data["level"]) for e in told] == [(0, 3), (3, 5), (5, 0)]


@pytest.mark.parametrize("level", [-1, 6, 100])
def test_a_level_is_from_1_to_5(level):
    for run in (
        lambda: actions.set_skill(person=person(), skill=skill(), level=level, by=SYSTEM),
        lambda: actions.set_language(person=person(), language="en", level=level, by=SYSTEM),
    ):
        with pytest.raises(Invalid):
            run()


def test_a_language_is_kept_in_one_form():
    who = person()
    actions.set_language(person=who, language=" EN-gb ", level=4, by=SYSTEM)
    assert [(row.language, row.level) for row in who.languages.all()] == [("en", 4)]
    with pytest.raises(Invalid):
        actions.set_language(person=who, language="english", level=4, by=SYSTEM)


def test_a_capacity_is_set_and_lifted():
    who = person()
    actions.set_capacity(person=who, kind="lead", limit=Decimal(20), by=SYSTEM)
    assert who.capacities.get().limit == 20
    actions.set_capacity(person=who, kind="lead", limit=None, by=SYSTEM)
    assert not who.capacities.exists()


@pytest.mark.parametrize(
    ("kind", "limit"),
    [("lead", Decimal(-1)), ("lead", Decimal("NaN")), ("lead", Decimal(10) ** 9), ("tea", Decimal(1))],
)
def test_an_impossible_capacity_is_refused(kind, limit):
    with pytest.raises(Invalid):
        actions.set_capacity(person=person(), kind=kind, limit=limit, by=SYSTEM)


def test_territories_are_set_as_a_whole():
    who = person()
    east, west = (add_territory(name=n, places=["CN-ZJ"], by=SYSTEM) for n in ("East", "West"))
    actions.set_territories(person=who, territories=[west, east, east], by=SYSTEM)
    assert set(who.territories.all()) == {east, west}
    actions.set_territories(person=who, territories=[], by=SYSTEM)
    assert not who.territories.exists()
    assert names().count("organisation.territories_set") == 2


def test_an_absence_ends_after_it_starts():
    with pytest.raises(Invalid) as refused:
        actions.add_absence(person=person(), starts_at=NOON, ends_at=NOON, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == ["/ends_at"]


def test_absences_may_touch_but_not_overlap():
    who, day = person(), timedelta(days=1)
    actions.add_absence(person=who, starts_at=NOON, ends_at=NOON + day, by=SYSTEM)
    actions.add_absence(person=who, starts_at=NOON + day, ends_at=NOON + 2 * day, by=SYSTEM)
    with pytest.raises(AbsenceOverlaps):
        actions.add_absence(
            person=who, starts_at=NOON + day / 2, ends_at=NOON + 3 * day, kind="sick", by=SYSTEM
        )
    assert Absence.objects.count() == 2
    actions.remove_absence(absence=Absence.objects.earliest("starts_at"), by=SYSTEM)
    assert Absence.objects.get().starts_at == NOON + day


def test_presence_is_told_once():
    who = person()
    for presence in ("online", "online", "busy"):
        actions.set_presence(person=who, presence=presence, by=SYSTEM)
    who.refresh_from_db()
    assert (who.presence, names().count("organisation.presence_set")) == ("busy", 2)
    with pytest.raises(Invalid):
        actions.set_presence(person=who, presence="asleep", by=SYSTEM)


def test_who_leaves_takes_no_work_and_what_they_hold_is_counted():
    who = person()
    lead(owner=who), lead(owner=who)
    left = actions.record_leaving(person=who, on=date(2026, 3, 31), by=SYSTEM)
    assert (left.takes_work, left.left_on) == (False, date(2026, 3, 31))
    told = Entry.objects.get(name="organisation.person_left")
    assert told.data["open_work"]["lead"] == 2
    for run in (
        lambda: actions.record_leaving(person=who, on=date(2026, 4, 1), by=SYSTEM),
        lambda: actions.set_presence(person=who, presence="online", by=SYSTEM),
        lambda: actions.change_person(person=who, changes={"takes_work": True}, by=SYSTEM),
        lambda: person(reports_to=who),
    ):
        with pytest.raises(HasLeft):
            run()
