"""Cross-training done in the organisation: the people who learn a role get the skill that it needs, and lose it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, PersonSkill, Skill
from kinflow.organisation.people.abilities import set_skill
from kinflow.records.access import visible

from ..simulation.scenario import Scenario
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.people_moves import CaseManager, CrossTrain
from .done import Left


@dataclass(frozen=True)
class Training:
    """The skill that stands for a role, and the level from which on one can do it."""

    skill: int
    level: int = 3


def learners(scenario: Scenario, move: Move) -> list[int]:
    """The people of our own who are to learn another role, or all of a case manager's, by their ids."""
    if isinstance(move, CrossTrain):
        who = [each for each in scenario.staff if move.people in each.skills and move.role not in each.skills]
    elif isinstance(move, CaseManager):
        roles = set(move.roles)
        who = [each for each in scenario.staff if roles & set(each.skills) and not roles <= set(each.skills)]
    else:
        who = []
    return [int(each.name) for each in who if each.name.isdecimal()]


def train(
    scenario: Scenario, moves: Sequence[Move], training: Mapping[int, Training], by: Actor
) -> list[dict[str, Any]]:
    """Set the skills of those who learn; who has them already is left alone. What was set, to take it back."""
    done: list[dict[str, Any]] = []
    for place, wanted in training.items():
        skill = visible(by, Skill.objects.filter(pk=wanted.skill)).first()
        if skill is None or not 0 <= place < len(moves):
            continue
        for person in visible(by, Person.objects.filter(pk__in=learners(scenario, moves[place]))):
            before = _level(person, skill)
            if before < wanted.level:
                set_skill(person=person, skill=skill, level=wanted.level, by=by)
                done.append({"person": person.pk, "skill": skill.pk, "level": wanted.level, "before": before})
    return done


def untrain(done: Sequence[Mapping[str, Any]], by: Actor) -> list[Left]:
    """Set the skills back to what they were; what stays, where somebody set them otherwise meanwhile."""
    left: list[Left] = []
    for one in done:
        person = visible(by, Person.objects.filter(pk=one["person"])).first()
        skill = Skill.objects.filter(pk=one["skill"]).first()
        if person is None or skill is None or (level := _level(person, skill)) == one["before"]:
            continue
        if level == one["level"]:
            set_skill(person=person, skill=skill, level=one["before"], by=by)
        else:
            left.append({"what": "skill", "pk": person.pk, "skill": skill.pk, "why": "changed"})
    return left


def _level(person: Person, skill: Skill) -> int:
    row = PersonSkill.objects.filter(person=person, skill=skill).first()
    return row.level if row else 0
