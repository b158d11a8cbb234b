"""People work when they are there, and do one thing at a time."""

from collections import defaultdict
from itertools import pairwise

from .measures import Log


def test_people_act_only_in_their_working_hours(log: Log) -> None:
    hours = log.world.hours
    for happening in log.happenings:
        if happening.is_human:
            assert hours[happening.actor].is_open(int(happening.at.timestamp())), happening


def test_nobody_does_two_things_at_once(log: Log) -> None:
    spans = defaultdict(list)
    for work in log.works:
        if work.done_at:
            spans[work.by].append((work.started_at, work.done_at))
    for person, worked in spans.items():
        worked.sort()
        for (_begun, ended), (begins, _ends) in pairwise(worked):
            assert ended < begins, person


def test_whoever_begins_a_piece_of_work_ends_it(log: Log) -> None:
    begun = {h.subjects["activity"]: h.actor for h in log.by_kind["activity_started"]}
    assert all(begun[h.subjects["activity"]] == h.actor for h in log.by_kind["activity_done"])


def test_nobody_acts_before_joining_or_after_leaving(log: Log) -> None:
    leavers = {person.key: person for person in log.world.company.people if person.left_on}
    acted = [happening for happening in log.happenings if happening.actor in leavers]
    assert acted
    assert all(happening.at.date() <= leavers[happening.actor].left_on for happening in acted)  # type: ignore[operator]


def test_a_leavers_customers_go_to_the_successor(log: Log) -> None:
    leavers = {person.key for person in log.world.company.people if person.left_on}
    records = log.world.records
    assert not [account.key for account in records.accounts if account.owner in leavers]
    assert not [
        deal.key for deal in records.opportunities if deal.owner in leavers and deal.outcome == "open"
    ]
    given = [h for h in log.by_kind["account_assigned"] if h.details["before"] in leavers]
    assert len(given) > 10


def test_work_waits_for_people_so_queues_build_up(log: Log) -> None:
    waits = [
        log.working_hours(w.planned_at, w.started_at)
        for w in log.works
        if w.topic == "engineering" and w.planned_at
    ]
    assert sum(wait > 0.2 for wait in waits) / len(waits) > 0.3
