"""Moves that change who does the work: one for several roles, training, more people, other hours."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log
from statistics import fmean, median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..scenario import ALWAYS, DAY, HOUR, Calendar, Scenario, Staff
from .kinds import NUMBER, ROLE, ROLES, Move, Named, asks, roles_in

THE_ROLE = gettext_lazy("Role")
FACTOR = gettext_lazy("Work that is new to them takes")
TIMES = gettext_lazy("times as long")


def _who(scenario: Scenario, role: str) -> list[Staff]:
    return [each for each in scenario.staff if role in each.skills]


def _learning(staff: Staff, roles: tuple[str, ...], factor: float) -> Staff:
    own = fmean(staff.skills.values())
    return replace(staff, skills={**dict.fromkeys(roles, own * factor), **staff.skills})


@dataclass(frozen=True)
class CaseManager(Move):
    """People of several roles do all of their steps."""

    key = "case_manager"
    label = gettext_lazy("One case manager for several roles")
    text = gettext_lazy(
        "Whoever fills one of these roles fills all of them, so that a case waits for fewer people."
    )
    roles: tuple[str, ...] = asks(ROLES, gettext_lazy("Roles"), ())
    factor: float = asks(NUMBER, FACTOR, 1.2, least=0.2, most=10, unit=TIMES)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario in which they fill all of the roles."""
        chosen = set(self.roles)
        return replace(
            scenario,
            staff=tuple(
                _learning(each, self.roles, self.factor) if chosen & set(each.skills) else each
                for each in scenario.staff
            ),
        )

    def words(self, named: Named) -> str:
        """What is changed."""
        roles = _(", ").join(f"“{named(ROLE, role)}”" for role in self.roles)
        told = {"roles": roles, "factor": f"{self.factor:g}"}
        return _("One case manager instead of %(roles)s; new work takes %(factor)s times as long") % told


@dataclass(frozen=True)
class CrossTrain(Move):
    """People of one role learn another."""

    key = "cross_train"
    label = gettext_lazy("Train people for another role")
    text = gettext_lazy("Whoever fills the one role can do the work of the other too.")
    people: str = asks(ROLE, gettext_lazy("Who fills"))
    role: str = asks(ROLE, gettext_lazy("Learns"))
    factor: float = asks(NUMBER, FACTOR, 1.2, least=0.2, most=10, unit=TIMES)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario in which they fill both."""
        return replace(
            scenario,
            staff=tuple(
                _learning(each, (self.role,), self.factor) if self.people in each.skills else each
                for each in scenario.staff
            ),
        )

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {
            "people": named(ROLE, self.people),
            "role": named(ROLE, self.role),
            "factor": f"{self.factor:g}",
        }
        return _("Who fills “%(people)s” learns “%(role)s”; it takes them %(factor)s times as long") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Somebody must have something to learn."""
        if all(self.role in each.skills for each in _who(scenario, self.people)):
            yield "role", _("All of them can do this already. Choose another role.")


@dataclass(frozen=True)
class AddPeople(Move):
    """More people fill a role."""

    key = "add_people"
    label = gettext_lazy("More people")
    text = gettext_lazy("New people fill a role, at the usual speed, in the hours that are usual for it.")
    role: str = asks(ROLE, THE_ROLE)
    count: float = asks(NUMBER, gettext_lazy("How many"), 1.0, least=1, most=100)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with more people."""
        known = _who(scenario, self.role)
        usual = Counter(each.calendar for each in known).most_common(1)[0][0]
        taken = {each.name for each in scenario.staff}
        names = (f"+{number}" for number in range(1, len(taken) + int(self.count) + 1))
        new = [name for name in names if name not in taken][: int(self.count)]
        one = Staff(
            "",
            {self.role: 1.0},
            usual,
            capacity=max(1, round(median(each.capacity for each in known))),
            cost=fmean(each.cost for each in known),
            overtime=round(median(each.overtime for each in known)),
        )
        return replace(scenario, staff=(*scenario.staff, *(replace(one, name=name) for name in new)))

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"count": int(self.count), "role": named(ROLE, self.role)}
        return (
            ngettext(
                "%(count)s more person for “%(role)s”",
                "%(count)s more people for “%(role)s”",
                int(self.count),
            )
            % told
        )


def _apart(staff: Staff, role: str, usual: float) -> float:
    """How far somebody's speed in a role is from the usual, twice as fast as far as half as fast."""
    return round(abs(log(staff.skills[role] / usual)), 9)


@dataclass(frozen=True)
class FewerPeople(Move):
    """Fewer people fill a role."""

    key = "fewer_people"
    label = gettext_lazy("Fewer people")
    text = gettext_lazy(
        "Some who fill a role leave the process: first those who do the least else, and of these whose speed is nearest"
        " to the usual one, so that not the choice of who goes makes the figures. Somebody must stay."
    )
    role: str = asks(ROLE, THE_ROLE)
    count: float = asks(NUMBER, gettext_lazy("How many"), 1.0, least=1, most=100)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario without these people."""
        known = list(enumerate(_who(scenario, self.role)))
        usual = median(each.skills[self.role] for _place, each in known)
        known.sort(key=lambda each: (len(each[1].skills), _apart(each[1], self.role, usual), -each[0]))
        gone = {each.name for _place, each in known[: int(self.count)]}
        return replace(scenario, staff=tuple(each for each in scenario.staff if each.name not in gone))

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"count": int(self.count), "role": named(ROLE, self.role)}
        return (
            ngettext(
                "%(count)s person fewer for “%(role)s”",
                "%(count)s people fewer for “%(role)s”",
                int(self.count),
            )
            % told
        )

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Every role that is needed keeps somebody."""
        if int(self.count) >= len(_who(scenario, self.role)):
            yield "count", _("Somebody must stay who can do the work of this role.")
        elif set(roles_in(self.apply(scenario))) != set(roles_in(scenario)):
            yield "count", _("Nobody would be left who can do the work of another role.")


@dataclass(frozen=True)
class ChangeHours(Move):
    """Who fills a role works at other hours."""

    key = "change_hours"
    label = gettext_lazy("Longer or other hours")
    text = gettext_lazy("Whoever fills a role begins earlier and goes later, on the days on which they work.")
    role: str = asks(ROLE, THE_ROLE)
    earlier: float = asks(
        NUMBER, gettext_lazy("Begin earlier by"), 0.0, least=-8, most=12, unit=gettext_lazy("hours")
    )
    later: float = asks(
        NUMBER, gettext_lazy("End later by"), 1.0, least=-8, most=12, unit=gettext_lazy("hours")
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with calendars of their own for these people."""
        calendars = dict(scenario.calendars)
        staff = []
        for each in scenario.staff:
            if self.role in each.skills and each.calendar != ALWAYS:
                name = f"{each.calendar} {self.earlier:g} {self.later:g}"
                calendars[name] = _longer(scenario.calendars[each.calendar], self.earlier, self.later)
                each = replace(each, calendar=name)
            staff.append(each)
        return replace(scenario, staff=tuple(staff), calendars=calendars)

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {
            "role": named(ROLE, self.role),
            "earlier": f"{self.earlier:+g}",
            "later": f"{self.later:+g}",
        }
        return _("Other hours for “%(role)s”: begin %(earlier)s h earlier, end %(later)s h later") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """They have hours, and something changes."""
        if not self.earlier and not self.later:
            yield "later", _("Say by how much the hours change.")
        if all(each.calendar == ALWAYS for each in _who(scenario, self.role)):
            yield "role", _("Who fills this role works at all hours in the calibration. Choose another role.")


def _longer(calendar: Calendar, earlier: float, later: float) -> Calendar:
    """The first span of each day begins earlier, the last ends later, within the day."""
    days: dict[int, list[tuple[int, int]]] = {}
    for begin, end in sorted(calendar.spans):
        while begin < end:
            midnight = (begin // DAY + 1) * DAY
            days.setdefault(begin // DAY, []).append((begin, min(end, midnight)))
            begin = midnight
    spans = []
    for day, parts in days.items():
        begins = max(day * DAY, int(parts[0][0] - earlier * HOUR))
        ends = min((day + 1) * DAY, int(parts[-1][1] + later * HOUR))
        edges = [begins, *[edge for span in parts for edge in span][1:-1], ends]
        clipped = [(max(a, begins), min(b, ends)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        spans += [(a, b) for a, b in clipped if a < b]
    return replace(calendar, spans=tuple(spans))
