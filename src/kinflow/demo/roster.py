"""Who could do it: people by unit and skill, and how the company gives out its work today."""

from collections.abc import Iterable, Sequence

from .company.company import Company
from .company.facts import Person
from .company.people import EXPERT, STAND_INS
from .engine.chance import Chance
from .engine.desks import Desks

ENERGY = ("power", "chemical", "oil", "paper", "mining", "pharma", "textile")
OVERSEAS = ("overseas", "overseas-europe", "overseas-asia")
NORTH, SOUTH = ("north-capital", "north-west"), ("south-delta", "south-inland")


class Roster:
    """People by unit; whoever has left is answered by the successor."""

    def __init__(self, company: Company, desks: Desks) -> None:
        self.desks = desks
        self.people = {person.key: person for person in company.people}
        self.by_unit: dict[str, list[str]] = {}
        for person in company.people:
            if person.joined_on is None:
                self.by_unit.setdefault(person.unit, []).append(person.key)
        self.parents = {unit.key: unit.parent for unit in company.units}
        self.teams = {place: t.key for t in company.territories for place in t.places}
        self.load: dict[str, int] = {}

    def present(self, person: str) -> Person:
        """The person, or who came after."""
        return self.people[self.desks.holder(person)]

    def writes_english(self, person: str) -> bool:
        """Whether somebody works in English: all who sell abroad do."""
        return self.people[person].unit in OVERSEAS

    def members(self, unit: str) -> list[str]:
        """Who works in a unit now."""
        return [self.desks.holder(key) for key in self.by_unit[unit]]

    def head_of(self, person: str) -> str:
        """The regional head (the head of the department) of somebody in a team."""
        return f"{self.parents[self.people[person].unit]}-1"

    def team_of(self, place: str, industry: str, potential: str) -> str:
        """The sales team a customer belongs to: the biggest to key accounts, the others by place."""
        if potential == "A" and place.startswith("CN"):
            return "key-energy" if industry in ENERGY else "key-water"
        return self.teams[place]

    def technicians(self, place: str) -> str:
        """The technicians' team for a place; abroad, the East travels."""
        team = self.teams[place]
        if team in NORTH:
            return "technicians-north"
        return "technicians-south" if team in SOUTH else "technicians-east"

    def least_busy(self, people: Iterable[str], chance: Chance) -> str:
        """Who has the least waiting on the desk; chance among equals."""
        return min(people, key=lambda key: (self.desks.of(key).waiting(), chance.random()))

    def on_duty(self, people: Sequence[str], at: int) -> str | None:
        """Who of the people is at work at a moment and has the least to do."""
        there = [key for key in people if self.desks.of(key).hours.is_open(at)]
        return min(there, key=lambda key: self.desks.of(key).waiting(), default=None)

    def engineers(self, family: str, stand_ins: bool) -> list[str]:
        """Who can size a pump of the family; magnetic drive pumps only the expert (and stand-ins, if any)."""
        if family == "magnetic":
            return [EXPERT, *STAND_INS] if stand_ins else [EXPERT]
        able = [key for key in self.members("engineering") if key != EXPERT]
        return [key for key in able if self.people[key].skills.get(family, 0) >= 3] or able

    def choose_representative(self, team: str, family: str, chance: Chance, language: str) -> str:
        """Who gets a customer: by habit, mostly by turn and load, sometimes by knowledge of the pump."""
        able = [key for key in self.members(team) if not key.endswith("-1") or chance.hit(0.4)]
        speaking = [key for key in able if self.people[key].languages.get(language, 0) >= 3] or able
        careful = chance.hit(0.4)

        def dislike(key: str) -> float:
            knowledge = self.people[key].skills.get(family, 0) if careful else 0
            return self.load.get(key, 0) * 0.4 - knowledge * 2 + chance.random() * 4

        chosen = min(speaking, key=dislike)
        self.load[chosen] = self.load.get(chosen, 0) + 1
        return chosen

    def relieve(self, person: str) -> None:
        """One piece of open work less for the person."""
        self.load[person] = self.load.get(person, 0) - 1
