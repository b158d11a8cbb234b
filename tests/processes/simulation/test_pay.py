"""A run reckons with what people cost when it began, whoever plays the rest of it, and whatever is changed meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from django.utils import translation

from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.actions import add_person
from kinflow.organisation.units.actions import add_unit
from kinflow.processes.definitions.actions import change_process
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.search.actions import resume_move_search, start_move_search
from kinflow.processes.simulation.search.models import MoveSearch
from kinflow.processes.simulation.search.rounds import points_of
from kinflow.processes.simulation.search.running import WORK as SEARCHES
from kinflow.processes.simulation.search.telling import money
from kinflow.processes.simulation.sensitivity.actions import start_sensitivity
from kinflow.processes.simulation.sensitivity.running import WORK as SENSITIVITIES
from kinflow.processes.simulation.whatif.actions import start_what_if
from kinflow.processes.simulation.whatif.running import WORK as WHAT_IFS
from kinflow.processes.simulation.works import keeping
from kinflow.processes.simulation.works.keeping import kept_for
from kinflow.processes.simulation.works.paying import money_told, paid, pay_now
from kinflow.records.long_work import sharing
from kinflow.records.long_work.works import Work
from tests.processes.given import traces
from tests.processes.studio.given import process_of

from .whatif.given import office
from .whatif.test_pages import EMPOWER, calibrate

pytestmark = pytest.mark.django_db
CHEAP, DEAR = ({"currency": "EUR", "usual": rate} for rate in (10.0, 1000.0))


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    """An office whose work costs little; each play of a run is a block of its own."""
    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    monkeypatch.setattr(sharing, "WORTHWHILE", 0.0)
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield change_process(process=made, changes={"rates": CHEAP}, by=SYSTEM)


def leaving_after(most: int) -> Callable[[], bool]:
    asked = count()
    return lambda: next(asked) >= most


def in_another_process() -> None:
    """Nothing is known of what was set up before."""
    keeping._lately.clear()


def a_what_if(process: Process) -> Any:
    return start_what_if(process=process, moves=[EMPOWER], times=3, by=SYSTEM)


def a_sensitivity(process: Process) -> Any:
    return start_sensitivity(process=process, times=2, by=SYSTEM)


@pytest.mark.parametrize(
    ("begin", "work"), [(a_what_if, WHAT_IFS), (a_sensitivity, SENSITIVITIES)], ids=["what-if", "sensitivity"]
)
def test_rates_that_change_in_the_midst_of_a_run_are_those_of_the_next(
    begin: Callable[[Process], Any], work: Work[Any], process: Process
) -> None:
    whole = work.run(begin(process), stop=lambda: False)
    row = work.run(begin(process), stop=leaving_after(4))
    assert row.is_running
    process = change_process(process=process, changes={"rates": DEAR}, by=SYSTEM)
    in_another_process()
    assert work.run(row, stop=lambda: False).figures == whole.figures
    later = work.run(begin(process), stop=lambda: False)
    assert later.figures != whole.figures


def test_a_search_goes_on_with_the_rates_it_began_with_and_tells_their_currency(process: Process) -> None:
    def begun() -> MoveSearch:
        return start_move_search(process=process, moves=[EMPOWER], more={"look": 1}, plays=24, by=SYSTEM)

    whole, row = SEARCHES.run(begun(), stop=lambda: False), begun()
    SEARCHES.run(row, stop=leaving_after(3))
    process = change_process(process=process, changes={"rates": DEAR | {"currency": "USD"}}, by=SYSTEM)
    in_another_process()
    row = SEARCHES.run(row, stop=lambda: False)
    assert points_of(row) == points_of(whole)
    assert money(row, 1.0) == "€1.00"
    resume_move_search(movesearch=row, plays=40, by=SYSTEM)
    row = SEARCHES.run(row, stop=lambda: False)
    assert points_of(row)[0].cost == points_of(whole)[0].cost
    assert money(begun(), 1.0) == "$1.00"


def test_people_cost_by_their_seniority_and_others_as_usual() -> None:
    unit = add_unit(name="Office", by=SYSTEM)
    senior = add_person(family_name="Ann", unit=unit, seniority=5, by=SYSTEM)
    first, *others = office().staff
    scenario = replace(office(), staff=(replace(first, name=str(senior.pk)), *others))
    rates = {"currency": "CNY", "usual": 90.0, "by_seniority": {"5": 200.0}}
    pay = pay_now(Process(case_kind="order", rates=rates), scenario)
    assert [each.cost for each in paid(scenario, pay).staff] == [200.0, *[90.0] * len(others)]
    assert pay_now(Process(rates={}), scenario)["is_priced"] is False


def test_what_is_set_up_for_a_run_is_made_once_and_the_oldest_is_forgotten(process: Process) -> None:
    in_another_process()
    made: list[int] = []
    rows = [a_what_if(process) for _each in range(keeping.KEPT + 1)]
    for row in (rows[0], rows[0], *rows[1:-1], rows[0], rows[-1], rows[0], rows[1]):
        kept_for(row, lambda pk=row.pk: made.append(pk))
    assert made == [*(each.pk for each in rows), rows[1].pk]
    assert len(keeping._lately) == keeping.KEPT


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese"),
    [
        (652.634, "CNY", "CN¥652.63", "¥652.63"),
        (2_136_104.4, "CNY", "CN¥2,136,104", "¥2,136,104"),
        (0.0, "EUR", "€0.00", "€0.00"),
    ],
)
def test_money_of_a_run_is_told_in_its_currency(amount: float, currency: str, english: str, chinese: str):
    for language, told in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert money_told(amount, {"currency": currency}) == told
