"""The columns are what a naive reading of the log finds."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from kinflow.processes.definitions.attributes import with_attributes
from kinflow.processes.definitions.extracting import columns_from, extract
from kinflow.processes.definitions.rows import Rows
from tests import factories

from . import given
from .given import EVERYTHING, naive_log, representative, shipped, steps, worked_lead

TOLD = ["a", "b=x", "c:d", "", "", "f"]
IS_START = [False, False, False, False, True, False]


@dataclass(frozen=True)
class Line:
    """An entry of an imagined log."""

    at: int
    minutes: int
    activity: int
    person: int
    unit: int
    what: int


lines = st.builds(
    Line,
    at=st.integers(0, 9),
    minutes=st.sampled_from([0, 0, 3]),
    activity=st.sampled_from([-1, 1, 2]),
    person=st.sampled_from([-1, 7, 8]),
    unit=st.sampled_from([-1, 5]),
    what=st.integers(0, 5),
)
logs = st.tuples(
    st.lists(lines, max_size=10),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=16),
)


@example(logs)
def test_whatever_the_log_the_columns_say_what_a_naive_reading_says(log):
    entries, mentions = log
    mentions = [(entry, case) for entry, case in mentions if entry < len(entries)]
    assert told(columns_from(rows_of(entries, mentions))) == naively(entries, mentions)


def rows_of(entries, mentions):
    """The rows as they would come from the database, doubles and all."""

    def column(value):
        return np.array([value(entries[entry]) for entry, _case in mentions], np.int64)

    what = column(lambda line: line.what).astype(np.int32)
    return Rows(
        case=np.array([case for _entry, case in mentions], np.int64),
        entry=np.array([entry for entry, _case in mentions], np.int64),
        at=column(lambda line: line.at * 60_000_000),
        began=column(lambda line: line.minutes * 60_000_000),
        activity=column(lambda line: line.activity),
        person=column(lambda line: line.person),
        unit=column(lambda line: line.unit),
        what=what,
        begins=np.array(IS_START)[what] if len(what) else np.zeros(0, bool),
        told=TOLD,
    )


def naively(entries, mentions):
    """Case, end, begin, step, person, unit of each event, in order."""
    found = []
    starts = [(entries[e].activity, entries[e].at) for e, _case in mentions if IS_START[entries[e].what]]
    for number, case in sorted(set(mentions)):
        line = entries[number]
        if not TOLD[line.what]:
            continue
        before = [at for activity, at in starts if activity == line.activity >= 0 and at <= line.at]
        begun = line.at - line.minutes if line.minutes else max(before, default=line.at)
        found.append((case, line.at, number, begun, TOLD[line.what], line.person, line.unit))
    return [row[:2] + row[3:] for row in sorted(found)]


def told(columns, unit=60_000_000):
    """The columns as rows of ids."""

    def of(values, code):
        return int(values[code]) if code >= 0 else -1

    return [
        (
            int(columns.case_ids[columns.case[at]]),
            int(columns.at[at]) // unit,
            int(columns.begun_at[at]) // unit,
            columns.activities[columns.activity[at]],
            of(columns.resources, columns.resource[at]),
            of(columns.units, columns.unit[at]),
        )
        for at in range(columns.events)
    ]


def microseconds(rows):
    return [
        (case, round(at.timestamp() * 1e6), round(begun.timestamp() * 1e6), *rest)
        for case, at, begun, *rest in rows
    ]


@pytest.mark.django_db
def test_the_log_of_the_database_is_read_as_it_stands():
    east, west = factories.unit("East"), factories.unit("West")
    one, other = representative(east), representative(west, "静")
    worked_lead(one)
    worked_lead(other, is_good=False)
    lead = factories.lead()
    given.call(lead, one, topic='odd, "quoted"\nand long', result="no_answer")
    given.call(lead, other, topic="", result="reached")
    wanted = steps(shipped())
    columns = extract("lead", wanted, EVERYTHING)
    assert told(columns, 1) == microseconds(naive_log("lead", wanted))
    assert columns.cases == 3
    assert {
        "customers.activity_finished:first_call=reached",
        "sales.lead_disqualified=no_need",
        "customers.activity_finished:any_call=no_answer",
    } <= set(columns.activities)


@pytest.mark.django_db
def test_work_that_has_a_start_is_one_event_from_start_to_end():
    lead = factories.lead()
    given.call(lead, representative())
    columns = extract("lead", steps(shipped()), EVERYTHING)
    call = columns.activities.index("customers.activity_finished:first_call=reached")
    place = int(np.flatnonzero(columns.activity == call)[0])
    assert columns.begun_at[place] < columns.at[place]


@pytest.mark.django_db
def test_what_a_program_did_is_nobodys():
    factories.lead()
    columns = extract("lead", steps(shipped()), EVERYTHING)
    assert columns.resource.tolist() == [-1]
    assert columns.resources == []


@pytest.mark.django_db
def test_cases_named_are_read_alone():
    by = representative()
    first, second = worked_lead(by), worked_lead(by)
    wanted = steps(shipped())
    assert extract("lead", wanted, EVERYTHING, [second.pk]).case_ids == [str(second.pk)]
    assert extract("lead", wanted, EVERYTHING, []).events == 0
    assert extract("lead", wanted, EVERYTHING).case_ids == [str(first.pk), str(second.pk)]


@pytest.mark.django_db
def test_what_is_known_of_cases_comes_from_their_records_in_two_queries(django_assert_max_num_queries):
    account = factories.account(grade="A")
    pumps = factories.product(family="boiler-feed")
    factories.lead(contact=factories.contact(account=account), product=pumps, source="fair", score=70)
    factories.lead(contact=factories.contact(family_name="李"), score=20)
    columns = extract("lead", steps(shipped()), EVERYTHING)
    with django_assert_max_num_queries(2):
        known = with_attributes(columns, "lead")

    def values(name):
        labels = known.attributes[name]
        return [labels.values[code] if code >= 0 else None for code in labels.codes]

    assert values("source")[0] == "fair"
    assert values("grade") == ["A", None]
    assert values("product") == [pumps.code, None]
    assert values("family") == ["boiler-feed", None]
    assert known.amounts["score"].tolist() == [70, 20]
    assert not {"owner", "contact", "need", "notes"} & set(known.attributes)
