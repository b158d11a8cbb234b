"""The organisation on paper after a change: pure functions from paper to paper."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from ....structure.hierarchy import people_here, spans_of
from ....structure.paper import Paper, PaperPerson, PaperUnit


def teamed(paper: Paper, members: Collection[int], name: str) -> Paper:
    """These people in a unit of their own, below the lowest unit that held all of them; whoever leads that leads them.

    Who leads a unit stays its lead.
    """
    units = [paper.people[pk].unit for pk in members if pk in paper.people]
    ways = [paper.units[unit].way for unit in units if unit in paper.units]
    if not ways:
        return paper
    common: list[int] = []
    for level in zip(*ways, strict=False):
        if len(set(level)) > 1:
            break
        common.append(level[0])
    return _moved(paper, members, _new(paper, name, tuple(common)))


def apart(paper: Paper, members: Collection[int], name: str) -> Paper:
    """These people in a unit of their own beside the one that most of them are in."""
    unit = paper.units.get(usual_unit(paper, members) or 0)
    return _moved(paper, members, _new(paper, name, unit.way[:-1])) if unit is not None else paper


def joined(paper: Paper, one: int, other: int, name: str) -> Paper:
    """Two units as one, under the lead of the first; what lay below the second lies below it, too."""
    first, second = paper.units.get(one), paper.units.get(other)
    if first is None or second is None or one == other or other in first.way or one in second.way:
        return paper
    depth = len(second.way)
    units = {
        pk: replace(unit, way=first.way + unit.way[depth:]) if other in unit.way and pk != other else unit
        for pk, unit in paper.units.items()
    }
    units[one] = replace(first, name=name, lead=first.lead or second.lead)
    units[other] = replace(second, is_closed=True, lead=None)
    people = {
        pk: replace(person, unit=one, told=None if person.told == second.lead else person.told)
        if person.unit == other
        else person
        for pk, person in paper.people.items()
    }
    return Paper(units, people)


def flatter(paper: Paper, least: int) -> Paper:
    """Who leads fewer people than `least` and has a lead leads nobody any more: their people report to whom they did.

    So does who leads a unit by name, while all its people report to somebody else.
    """
    spans = spans_of(paper)
    leads = spans.keys() | {unit.lead for unit in paper.units.values() if unit.lead is not None}
    gone = {pk for pk in leads if spans.get(pk, 0) < least and pk in paper.boss}
    units = {pk: replace(unit, lead=None) if unit.lead in gone else unit for pk, unit in paper.units.items()}
    people = {}
    for pk, person in paper.people.items():
        above = paper.boss.get(pk)
        if above in gone:
            while above in gone:
                above = paper.boss.get(above)
            person = replace(person, told=above)
        people[pk] = person
    return Paper(units, people)


def usual_unit(paper: Paper, members: Collection[int]) -> int | None:
    """The unit that most of these people are in."""
    here = people_here(paper)
    counted = Counter(here[pk] for pk in sorted(members) if pk in here)
    return counted.most_common(1)[0][0] if counted else None


def _new(paper: Paper, name: str, above: tuple[int, ...]) -> PaperUnit:
    pk = min([0, *paper.units]) - 1
    return PaperUnit(pk, name, (*above, pk))


def _moved(paper: Paper, members: Collection[int], unit: PaperUnit) -> Paper:
    leads = {each.lead for each in paper.units.values()}
    people: dict[int, PaperPerson] = {
        pk: replace(person, unit=unit.pk, told=None) if pk in members and pk not in leads else person
        for pk, person in paper.people.items()
    }
    return Paper({**paper.units, unit.pk: unit}, people)
