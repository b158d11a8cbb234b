"""More people and other hours made in the organisation with the design, and taken back with it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.calendars.actions import add_calendar, set_calendar_day
from kinflow.organisation.calendars.week import DAY, week_of
from kinflow.organisation.models import Person, Position, WorkingCalendar
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.positions.actions import add_position, change_position
from kinflow.processes.definitions.models import Process
from kinflow.processes.redesigns.actions import make_design, undo_redesign
from kinflow.processes.redesigns.hours import week_after
from kinflow.records.access import ADMINISTRATOR, PROCESS_OWNER
from tests.automation.given import person
from tests.processes.execution.given import by_of, owner
from tests.processes.studio.test_pages import client_of, words_of

from .test_redesigns import in_operation
from .test_restructuring import SPLIT, asked, company, process

__all__ = ["process"]
pytestmark = pytest.mark.django_db
MORE = {"move": "add_people", "role": "look", "count": 2}
LATER = {"move": "change_hours", "role": "look", "earlier": 0.5, "later": 1}
WEEK = {"1": [["09:00", "12:00"], ["13:00", "17:00"]], "5": [["22:00", "06:00"]]}


@pytest.fixture
def me() -> Any:
    return owner()


def with_posts() -> tuple[dict[str, Any], Position]:
    """Ann and Bo are sales representatives."""
    here = company()
    post = add_position(name="Representative", unit=here["sales"], by=SYSTEM)
    for who in ("ann", "bo"):
        change_person(person=here[who], changes={"position": post.pk}, by=SYSTEM)
    return here, post


def with_hours() -> tuple[dict[str, Any], WorkingCalendar]:
    """Ann, Bo and Cid work by the office's calendar."""
    here = company()
    office = add_calendar(name="Office", week=WEEK, country="CN", by=SYSTEM)
    set_calendar_day(calendar=office, on="2026-12-24", name="Eve", by=SYSTEM)
    for who in ("ann", "bo", "cid"):
        change_person(person=here[who], changes={"calendar": office.pk}, by=SYSTEM)
    return here, office


def state() -> tuple[Any, ...]:
    posts = (
        Position.objects.filter(is_retired=False).order_by("pk").values_list("pk", "unit", "name", "posts")
    )
    people = Person.objects.order_by("pk").values_list("pk", "unit", "position", "calendar")
    calendars = WorkingCalendar.objects.filter(is_retired=False).order_by("pk").values_list("pk", "name")
    return tuple(posts), tuple(people), tuple(calendars)


@pytest.mark.parametrize("planned", [None, 1, 2, 5])
@pytest.mark.parametrize(
    "moves", [[MORE], [LATER], [MORE, LATER], [SPLIT, MORE, LATER], [MORE, MORE]], ids=str
)
def test_all_is_as_it_was_when_the_moves_are_taken_back(
    process: Process, me: Any, moves: list[Any], planned: int | None
) -> None:
    here, post = with_posts()
    office = add_calendar(name="Office", week=WEEK, by=SYSTEM)
    change_person(person=here["ann"], changes={"calendar": office.pk}, by=SYSTEM)
    change_position(position=post, changes={"posts": planned}, by=SYSTEM)
    made, before = in_operation(me), state()
    for _again in range(2):
        redesign = make_design(whatif=asked(process, here, *moves), design=made, restructures=True, by=SYSTEM)
        assert state() != before
        assert all(one["done"] for one in redesign.moves)
        undone = undo_redesign(design=made, number=redesign.number, by=SYSTEM)
        assert (undone.stayed, state()) == ([], before)


@pytest.mark.parametrize(("planned", "then"), [(None, 4), (1, 4), (5, 7)])
def test_more_people_are_vacant_posts_of_the_position_that_the_role_holds(
    process: Process, me: Any, planned: int | None, then: int
) -> None:
    here, post = with_posts()
    change_position(position=post, changes={"posts": planned}, by=SYSTEM)
    make_design(whatif=asked(process, here, MORE), design=in_operation(me), restructures=True, by=SYSTEM)
    post.refresh_from_db()
    assert post.posts == then
    chart = client_of("boss", ADMINISTRATOR).get("/organisation/").content.decode()
    assert f"{then - 2} vacant posts" in chart


def test_where_nobody_holds_a_position_one_is_made_and_retired_again(process: Process, me: Any) -> None:
    here, made = company(), in_operation(me)
    redesign = make_design(whatif=asked(process, here, MORE), design=made, restructures=True, by=SYSTEM)
    post = Position.objects.get()
    assert (post.unit, post.name, post.posts) == (here["sales"], "look", 2)
    undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    post.refresh_from_db()
    assert post.is_retired
    make_design(whatif=asked(process, here, MORE), design=made, restructures=True, by=SYSTEM)
    post.refresh_from_db()
    assert (post.is_retired, post.posts) == (False, 2)


def test_a_post_that_somebody_holds_by_now_stays_and_is_said(process: Process, me: Any) -> None:
    here, post = with_posts()
    change_position(position=post, changes={"posts": 2}, by=SYSTEM)
    made = in_operation(me)
    redesign = make_design(whatif=asked(process, here, MORE), design=made, restructures=True, by=SYSTEM)
    change_person(person=person("Fay", here["sales"]), changes={"position": post.pk}, by=SYSTEM)
    client = client_of("boss", ADMINISTRATOR)
    client.post(f"/process-design/{made.pk}/redesign/{redesign.number}/undo/")
    post.refresh_from_db()
    assert post.posts == 3
    told = words_of(client, f"/process-design/{made.pk}/")
    assert "Representative: 1 of the new posts is held by now; whoever holds it stays." in told


def test_posts_that_somebody_planned_otherwise_stay(process: Process, me: Any) -> None:
    here, post = with_posts()
    made = in_operation(me)
    redesign = make_design(whatif=asked(process, here, MORE), design=made, restructures=True, by=SYSTEM)
    change_position(position=post, changes={"posts": 9}, by=SYSTEM)
    undone = undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    post.refresh_from_db()
    assert post.posts == 9
    assert undone.stayed == [{"what": "posts", "pk": post.pk, "why": "changed"}]


def test_who_fills_the_role_works_other_hours_and_nobody_else(process: Process, me: Any) -> None:
    here, office = with_hours()
    make_design(whatif=asked(process, here, LATER), design=in_operation(me), restructures=True, by=SYSTEM)
    for each in here.values():
        each.refresh_from_db()
    new = here["ann"].calendar
    assert here["bo"].calendar == new
    assert here["cid"].calendar == office
    assert new.week == {"1": [["08:30", "12:00"], ["13:00", "18:00"]], "5": [["21:30", "07:00"]]}
    assert (new.country, new.time_zone, new.days.count()) == ("CN", office.time_zone, 1)
    office.refresh_from_db()
    assert office.week == WEEK


def test_hours_that_somebody_changed_since_stay_and_are_said(process: Process, me: Any) -> None:
    here, office = with_hours()
    made = in_operation(me)
    redesign = make_design(whatif=asked(process, here, LATER), design=made, restructures=True, by=SYSTEM)
    other = add_calendar(name="Shift", week=WEEK, by=SYSTEM)
    change_person(person=here["ann"], changes={"calendar": other.pk}, by=SYSTEM)
    change_person(person=here["eve"], changes={"calendar": redesign.structure[0]["pk"]}, by=SYSTEM)
    undone = undo_redesign(design=made, number=redesign.number, by=SYSTEM)
    for each in here.values():
        each.refresh_from_db()
    assert (here["ann"].calendar, here["bo"].calendar) == (other, office)
    assert [(one["what"], one["why"]) for one in undone.stayed] == [
        ("person", "changed"),
        ("calendar", "used"),
    ]


def test_hours_by_which_nobody_would_work_are_refused_whole(process: Process, me: Any) -> None:
    here, made = company(), in_operation(me)
    short = add_calendar(name="Short", week={"1": [["09:00", "10:00"]]}, by=SYSTEM)
    change_person(person=here["ann"], changes={"calendar": short.pk}, by=SYSTEM)
    row, before = asked(process, here, MORE, {**LATER, "earlier": 0, "later": -2}), state()
    with pytest.raises(Invalid) as refused:
        make_design(whatif=row, design=made, restructures=True, by=SYSTEM)
    assert [error.pointer for error in refused.value.errors] == ["/moves/1"]
    assert state() == before


def test_who_may_not_change_the_organisation_makes_the_design_alone(process: Process, me: Any) -> None:
    here, _post = with_posts()
    row, made, before = asked(process, here, MORE, LATER), in_operation(me), state()
    with pytest.raises(Refused):
        make_design(whatif=row, design=made, restructures=True, by=by_of(me))
    redesign = make_design(whatif=row, design=made, by=by_of(me))
    assert (redesign.structure, state()) == ([], before)


def test_the_page_says_what_would_be_changed(process: Process, me: Any) -> None:
    here, _post = with_posts()
    office = add_calendar(name="Office", week=WEEK, by=SYSTEM)
    change_person(person=here["ann"], changes={"calendar": office.pk}, by=SYSTEM)
    row, made = asked(process, here, MORE, LATER), in_operation(me)
    page = f"/processes/{process.key}/what-ifs/{row.pk}/design/?base={made.pk}"
    told = words_of(client_of("boss", ADMINISTRATOR), page)
    assert "In Sales, 2 more posts are planned for “Representative”" in told
    assert "1 person who works by Office gets a working calendar" in told
    assert "more posts are planned" not in words_of(client_of("owner", PROCESS_OWNER), page)


CLOCKS = st.integers(0, 1439)


@st.composite
def weeks(draw: Any) -> dict[str, list[list[str]]]:
    """Weeks of up to two spans a day, some over midnight."""
    found = {}
    for day in draw(st.sets(st.sampled_from("1234567"))):
        edges = sorted(draw(st.sets(CLOCKS, min_size=4, max_size=4)))
        spans = [edges[:2], edges[2:]] if draw(st.booleans()) else [[edges[3], edges[0]]]
        found[day] = [[f"{at // 60:02}:{at % 60:02}" for at in span] for span in spans]
    return found


@given(weeks(), st.floats(-8, 12), st.floats(-8, 12))
def test_weeks_stay_weeks_whatever_the_hours(week: Any, earlier: float, later: float) -> None:
    before, after = week_of(week), week_of(week_after(week, earlier, later))
    for old, new in zip(before.days, after.days, strict=True):
        assert len(new) <= len(old)
        if old and new and earlier >= 0 and later >= 0:
            assert new[0][0] <= max(old[0][0], DAY)
            assert new[-1][1] - new[0][0] <= DAY
    assert week_after(week, 0, 0).keys() <= week.keys()
