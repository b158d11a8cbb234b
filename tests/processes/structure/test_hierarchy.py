"""Lines on paper: who reports to whom, layers, spans, distances."""

from dataclasses import replace

from kinflow.processes.structure.chart.drawing import drawn, totals_of
from kinflow.processes.structure.hierarchy import (
    branch_of,
    branches_of,
    has_line,
    layers_of,
    lines_between,
    meeting_unit,
    people_here,
    spans_of,
)
from kinflow.processes.structure.paper import Paper, PaperPerson

from .given import (
    ANN,
    BO,
    CHIEF,
    COMPANY,
    CY,
    DESK,
    DI,
    EAST,
    ED,
    SALES,
    SELLER_LEAD,
    SERVICE,
    SERVICE_LEAD,
    WEST,
    paper,
)


def test_who_names_nobody_reports_to_who_leads_the_unit_or_the_next_above() -> None:
    boss = paper().boss
    assert boss[BO] == ANN
    assert boss[ANN] == SELLER_LEAD
    assert boss[CY] == SELLER_LEAD
    assert boss[ED] == DI
    assert CHIEF not in boss


def test_a_circle_is_cut_where_it_closes() -> None:
    known = paper()
    circle = Paper(known.units, {**known.people, DI: replace(known.people[DI], told=ED)})
    boss = circle.boss
    assert len(layers_of(boss, people_here(circle))) == 8
    assert (boss.get(DI) == ED) != (boss.get(ED) == DI)


def test_who_has_left_leads_nobody_and_counts_nowhere_but_still_has_a_lead() -> None:
    known = paper()
    gone = Paper(known.units, {**known.people, ANN: replace(known.people[ANN], is_here=False)})
    assert gone.boss[BO] == SELLER_LEAD
    assert gone.boss[ANN] == SELLER_LEAD
    assert spans_of(gone)[SELLER_LEAD] == 2
    assert totals_of(gone)[COMPANY] == 7


def test_layers_and_spans_of_the_branches() -> None:
    whole, sales, service = branches_of(paper())
    assert (whole.people, whole.layers, whole.managers, whole.most_span) == (8, 4, 5, 2)
    assert (sales.unit, sales.people, sales.layers) == (SALES, 4, 3)
    assert (service.unit, service.mean_span) == (SERVICE, 1.0)
    assert branch_of(paper(), EAST).layers == 2


def test_distances_go_through_the_nearest_lead_of_both() -> None:
    boss = paper().boss
    assert lines_between(boss, BO, BO) == 0
    assert lines_between(boss, BO, ANN) == 1
    assert lines_between(boss, BO, CY) == 3
    assert lines_between(boss, ED, BO) == 6
    assert lines_between(boss, ED, 99) is None
    assert lines_between(boss, SERVICE_LEAD, CHIEF) == 1


def test_units_have_a_line_if_one_is_right_above_or_both_are_right_below_the_same() -> None:
    known = paper()
    assert has_line(known, EAST, SALES)
    assert has_line(known, EAST, WEST)
    assert not has_line(known, EAST, DESK)
    assert not has_line(known, EAST, COMPANY)
    assert meeting_unit(known, EAST, WEST) == SALES
    assert meeting_unit(known, EAST, DESK) == COMPANY
    assert meeting_unit(known, EAST, 99) is None


def test_the_drawing_has_a_box_for_each_open_unit_and_takes_names_as_text() -> None:
    known = paper()
    odd = Paper({**known.units, DESK: replace(known.units[DESK], name="<b>&")}, known.people)
    picture = drawn(odd, totals_of(odd), label="Chart", counted=lambda number: f"{number} people")
    assert picture.count('class="box"') == 6
    assert "&lt;b&gt;&amp;" in picture
    assert "<b>" not in picture
    closed = Paper({**known.units, WEST: replace(known.units[WEST], is_closed=True)}, known.people)
    assert drawn(closed, {}, label="", counted=str).count('class="box"') == 5


def test_a_company_of_one_is_a_chart_too() -> None:
    one = Paper({COMPANY: paper().units[COMPANY]}, {CHIEF: PaperPerson(CHIEF, "Chief", COMPANY)})
    (whole,) = branches_of(one)
    assert (whole.people, whole.layers, whole.managers, whole.mean_span) == (1, 1, 0, None)
    assert drawn(Paper(), {}, label="", counted=str).startswith("<svg")
