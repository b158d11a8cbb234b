"""The demo company's happenings as logs, without a database; the steps are those of the shipped processes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from kinflow.demo.company.company import Company
from kinflow.demo.happenings import Happening
from kinflow.demo.world import World
from kinflow.organisation.lines import Lines
from kinflow.processes.columns import EventColumns, Labels, columns_of
from kinflow.processes.definitions import shipped_steps as tables
from kinflow.processes.definitions.steps import IS, Step, step_key, steps_of, told_of
from kinflow.processes.diagnosis.calendar import OpenHours
from kinflow.processes.diagnosis.context import Chart, Context, FieldChanges, People
from kinflow.processes.diagnosis.intervals import joined

NAMES = {
    "lead_captured": "sales.lead_captured",
    "lead_assigned": "sales.lead_assigned",
    "lead_contacted": "sales.lead_contacted",
    "lead_qualified": "sales.lead_qualified",
    "lead_disqualified": "sales.lead_disqualified",
    "lead_converted": "sales.lead_converted",
    "opportunity_opened": "sales.opportunity_opened",
    "opportunity_assigned": "sales.opportunity_assigned",
    "opportunity_discounted": "sales.opportunity_discounted",
    "opportunity_moved": "sales.opportunity_moved",
    "opportunity_won": "sales.opportunity_won",
    "opportunity_lost": "sales.opportunity_lost",
    "case_opened": "service.case_opened",
    "case_assigned": "service.case_assigned",
    "case_handed_over": "service.case_assigned",
    "case_answered": "service.case_answered",
    "case_waiting": "service.case_waiting_began",
    "case_resumed": "service.case_resumed",
    "case_solved": "service.case_solved",
    "case_closed": "service.case_closed",
    "case_reopened": "service.case_reopened",
    "email_received": "contact_center.email_received",
    "email_answered": "contact_center.email_answered",
    "activity_planned": tables.PLANNED,
    "activity_done": tables.FINISHED,
}
STEPS = {
    "lead": steps_of(tables.LEAD),
    "opportunity": steps_of(tables.OPPORTUNITY),
    "case": steps_of(tables.CASE),
}
GOALS = {"lead": 120.0, "opportunity": 1080.0, "case": 168.0}
ENDS = {
    "lead": ({"sales.lead_converted"}, {"sales.lead_disqualified"}),
    "opportunity": ({"sales.opportunity_won"}, {"sales.opportunity_lost"}),
    "case": (set(), set()),
}


@dataclass(frozen=True)
class Told:
    """One event of a log to be."""

    case: str
    step: str
    detail: str
    at: int
    begun_at: int
    actor: str


def logs_of(world: World) -> dict[str, tuple[EventColumns, Context]]:
    """Logs with their contexts by process: lead, opportunity, repair, maintenance and complaint."""
    happenings = list(world.happenings())
    kinds = {case.key: case.kind for case in world.records.cases}
    told = {name: list(_told(happenings, name)) for name in STEPS}
    logs = {name: _log(world, happenings, name, told[name]) for name in ("lead", "opportunity")}
    for kind in ("repair", "maintenance", "complaint"):
        logs[kind] = _log(
            world, happenings, "case", [event for event in told["case"] if kinds[event.case] == kind]
        )
    return logs


def _micros(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000


def _told(happenings: Iterable[Happening], kind: str) -> Iterator[Told]:
    begun: dict[str, int] = {}
    for told in happenings:
        if told.kind == "activity_started":
            begun[told.subjects["activity"]] = _micros(told.at)
        case = told.subjects.get(kind)
        if case is None or told.kind not in NAMES:
            continue
        key = told_of(STEPS[kind], NAMES[told.kind], _values(told))
        if key:
            at = _micros(told.at)
            start = begun.get(told.subjects.get("activity", ""), at) if told.kind == "activity_done" else at
            yield Told(case, step_key(key), key.partition(IS)[2], at, start, told.actor)


def _values(told: Happening) -> dict[str, str]:
    details: Mapping[str, Any] = told.details
    return {
        "topic": details.get("topic", ""),
        "kind": details.get("activity_kind", ""),
        "result": details.get("outcome", ""),
        "to_stage": details.get("to_stage", ""),
        "reason": details.get("reason", "") or "",
    }


def _log(
    world: World, happenings: list[Happening], kind: str, told: list[Told]
) -> tuple[EventColumns, Context]:
    cases, steps = sorted({t.case for t in told}), sorted({t.step for t in told})
    people = sorted({t.actor for t in told if ":" not in t.actor})
    unit_of = {person.key: person.unit for person in world.company.people}
    units = sorted({unit_of[person] for person in people})
    case, step, person = (_index(names) for names in (cases, steps, people))
    unit = {key: units.index(unit_of[key]) for key in people}
    told.sort(key=lambda t: (t.case, t.at))
    columns = columns_of(
        case=np.array([case[t.case] for t in told], np.int32),
        activity=np.array([step[t.step] for t in told], np.int32),
        at=np.array([t.at for t in told], np.int64),
        begun_at=np.array([t.begun_at for t in told], np.int64),
        resource=np.array([person.get(t.actor, -1) for t in told], np.int32),
        unit=np.array([unit.get(t.actor, -1) for t in told], np.int32),
        case_ids=cases,
        activities=steps,
        resources=people,
        units=units,
        attributes=_attributes(world, kind, cases),
        amounts=_amounts(world, kind, cases),
    )
    details = sorted({t.detail for t in told if t.detail})
    code = _index(details)
    outcomes = Labels(details, np.array([code.get(t.detail, -1) for t in told], np.int32))
    success, failure = ENDS[kind]
    return columns, Context(
        open_hours=_office(world),
        zone="Asia/Shanghai",
        people=_people(world, happenings, people),
        chart=_chart(world.company, people),
        goal_hours=GOALS[kind],
        cost_per_hour=120.0,
        cost_per_waiting_hour=6.0,
        value_of_success=2000.0 if success else None,
        currency="CNY",
        outcomes=outcomes,
        changes=_changes(world.company, happenings, kind, columns),
        success=frozenset(success),
        failure=frozenset(failure),
        reopening=frozenset({"service.case_reopened"}),
        asking=frozenset({"service.case_waiting_began"}),
    )


def _people(world: World, happenings: list[Happening], people: list[str]) -> People:
    """Absences, and all that people worked on; calendars are left alone, for all work much as the office does."""
    code = _index(people)
    away: Mapping[int, list[tuple[int, int]]] = defaultdict(list)
    busy: Mapping[int, list[tuple[int, int]]] = defaultdict(list)
    for absence in world.company.absences:
        if absence.person in code:
            away[code[absence.person]].append((_micros(absence.starts_at), _micros(absence.ends_at)))
    begun: dict[str, int] = {}
    for told in happenings:
        if told.kind == "activity_started":
            begun[told.subjects["activity"]] = _micros(told.at)
        elif told.kind == "activity_done" and told.actor in code:
            at = _micros(told.at)
            busy[code[told.actor]].append((begun.get(told.subjects["activity"], at), at))
    return People(away=_spans(away), busy=_spans(busy))


def _spans(found: Mapping[int, list[tuple[int, int]]]) -> dict[int, OpenHours]:
    tables = {code: np.array(stretches, np.int64) for code, stretches in found.items()}
    return {code: joined(table[:, 0], table[:, 1]) for code, table in tables.items()}


def _chart(company: Company, people: list[str]) -> Chart:
    place = {person.key: k for k, person in enumerate(company.people)}
    above = [place.get(person.reports_to or "", -1) for person in company.people]
    return Chart(Lines(np.array(above)), np.array([place[person] for person in people]))


def _index(names: Iterable[str]) -> dict[str, int]:
    return {name: k for k, name in enumerate(names)}


def _office(world: World) -> OpenHours:
    spans = np.asarray(world.scene.office.spans, np.int64) * 1_000_000
    return OpenHours(spans[:, 0].copy(), spans[:, 1].copy())


def _attributes(world: World, kind: str, cases: list[str]) -> dict[str, Labels]:
    shelf: Any = {
        "lead": world.records.leads,
        "opportunity": world.records.opportunities,
        "case": world.records.cases,
    }[kind]
    products = {product.key: product for product in world.company.products}
    rows = [shelf[case] for case in cases]
    taken: dict[str, list[str]] = {
        "product": [row.product or "" for row in rows],
        "family": [products[row.product].skill if row.product else "" for row in rows],
        "country": [row.country or "" for row in rows],
        "source": [getattr(row, "source", "") for row in rows],
    }
    return {name: _labels(values) for name, values in taken.items()}


def _labels(values: list[str]) -> Labels:
    known = sorted({value for value in values if value})
    code = _index(known)
    return Labels(known, np.array([code.get(value, -1) for value in values], np.int32))


def _amounts(world: World, kind: str, cases: list[str]) -> dict[str, np.ndarray]:
    if kind == "lead":
        return {"score": np.array([world.records.leads[case].score or np.nan for case in cases], float)}
    return {}


def _changes(
    company: Company, happenings: list[Happening], kind: str, columns: EventColumns
) -> FieldChanges | None:
    """Changes of the case's own record, and of accounts and contacts by people who had the case of that account in
    hand."""
    if kind != "case":
        return None
    known, people = _index(columns.case_ids), _index(columns.resources)
    fields: dict[str, int] = {}
    values: dict[str, int] = {"": -1}
    records: dict[str, int] = {}
    units: dict[str, int] = {}
    case_of: dict[tuple[str, str], int] = {}
    unit_of = {person.key: person.unit for person in company.people}
    rows = []
    for told in happenings:
        case = known.get(told.subjects.get("case", ""), -1)
        if case >= 0 and told.subjects.get("account"):
            case_of[told.subjects["account"], told.actor] = case
        if not told.kind.endswith("_changed") or not told.is_human:
            continue
        noun = told.kind.removesuffix("_changed")
        for name, (before, after) in told.details.get("changes", {}).items():
            own = noun == "case"
            belongs = case if own else case_of.get((told.subjects.get("account", ""), told.actor), -1)
            if own and belongs < 0:
                continue
            rows.append((
                _micros(told.at),
                records.setdefault(told.subjects[noun], len(records)),
                fields.setdefault(f"{noun}.{name}", len(fields)),
                values.setdefault(str(before or ""), len(values)),
                values.setdefault(str(after or ""), len(values)),
                people.get(told.actor, -1),
                units.setdefault(unit_of[told.actor], len(units)),
                belongs,
                own,
            ))  # fmt: skip
    taken = [np.array(column) for column in zip(*rows, strict=True)]
    at, record, field, before, after, resource, unit, case_codes, own_record = taken
    return FieldChanges(
        at=at,
        record=record,
        field=field.astype(np.int32),
        fields=list(fields),
        before=before,
        after=after,
        resource=resource.astype(np.int32),
        unit=unit.astype(np.int32),
        units=list(units),
        case=case_codes.astype(np.int32),
        own=own_record,
    )


def step_called(steps: tuple[Step, ...], key: str) -> str:
    """The English name of a step."""
    return next((step.name for step in steps if step.owns(key)), key)
