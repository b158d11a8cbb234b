"""The findings of a process in the reader's words: for screens, the API and the command line."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.faces import registry

from ..access import may_see_people
from ..columns import EventColumns
from ..definitions.goals import rates_of
from ..definitions.models import Process
from ..definitions.reading import refuse_strangers
from .contexts import WAITING
from .found import Amount, Finding, Size
from .gains import together
from .keeping import KeptFinding, found_already, kept_findings
from .models import Dismissal
from .naming import names_for
from .words import saying
from .words.kinds import THEMES


@dataclass(frozen=True)
class ToldFinding:
    """A finding of a process as a reader sees it: words where `Finding` has codes."""

    process: Process
    kept: KeptFinding
    names: saying.Names
    dismissal: Dismissal | None
    sees_people: bool

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return self.kept.finding

    @property
    def key(self) -> str:
        """What it is called from diagnosis to diagnosis."""
        return self.finding.key

    @property
    def theme(self) -> str:
        """Which of the ailments it belongs to."""
        return str(THEMES[self.finding.theme])

    @cached_property
    def title(self) -> str:
        """What is wrong, and where."""
        return saying.title_of(self.finding, self.names)

    @cached_property
    def seen(self) -> str:
        """What was seen."""
        return saying.seen_of(self.finding, self.names)

    @property
    def cause(self) -> str:
        """The likely cause."""
        return saying.cause_of(self.finding)

    @property
    def test(self) -> str:
        """How it was made sure of."""
        return saying.test_of(self.finding)

    @property
    def loss(self) -> str:
        """What it costs in a month, in short."""
        return saying.loss_of(self.finding, self.currency)

    @property
    def currency(self) -> str:
        """The currency of its money."""
        return str(self.process.rates.get("currency") or "CNY")

    @cached_property
    def moves(self) -> list[tuple[str, str, str]]:
        """The moves that fit."""
        return saying.moves_of(self.finding)

    @property
    def exhibits(self) -> list[saying.ShownExhibit]:
        """The evidence, without what tells of single people where the reader may not see that."""
        return [
            saying.shown(exhibit, self.names)
            for exhibit in self.finding.evidence.exhibits
            if self.sees_people or not exhibit.per_person
        ]

    @property
    def cases(self) -> list[str]:
        """The cases behind it by their numbers, worst first; of very many only the worst."""
        kind = self.process.case_kind
        prefix = f"{registry[kind].prefix}-" if kind else ""
        return [f"{prefix}{case}" for case in self.kept.case_ids]

    @property
    def url(self) -> str:
        """Its page."""
        return f"/processes/{self.process.key}/findings/{quote(self.key, safe=':')}/"

    def answer(self) -> dict[str, Any]:
        """The finding as the API gives it."""
        finding, size = self.finding, self.finding.size
        return {
            "key": self.key,
            "kind": finding.kind,
            "theme": finding.theme,
            "title": self.title,
            "seen": self.seen,
            "cause": self.cause,
            "per_month": size_told(size, self.currency),
            "gain": size_told(finding.gain or size, self.currency),
            "test": {
                "name": finding.test.name,
                "p": finding.test.p,
                "effect": finding.test.value,
                "words": self.test,
            },
            "moves": [{"key": key, "name": name, "text": text} for key, name, text in self.moves],
            "evidence": [
                {
                    "title": e.title,
                    "columns": [c.head for c in e.columns],
                    "rows": [list(row) for row in e.rows],
                }
                for e in self.exhibits
            ],
            "facts": dict(finding.facts),
            "cases": self.cases,
            "case_count": self.kept.case_count,
            "dismissed": {
                "reason": self.dismissal.reason,
                "by": self.dismissal.by_name,
                "at": self.dismissal.dismissed_at.isoformat(),
            }
            if self.dismissal
            else None,
            "url": self.url,
        }


def size_told(size: Size, currency: str) -> dict[str, Any]:
    """How big something is in a month, as the API gives it."""
    return {
        "cases": _amount(size.cases),
        "waiting_hours": _amount(size.waiting_hours),
        "working_hours": _amount(size.working_hours),
        "money": _amount(size.money) | {"currency": currency} if size.money else None,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {"value": round(amount.value, 2), "low": round(amount.low, 2), "high": round(amount.high, 2)}


def findings_of(process: Process, by: Actor) -> list[ToldFinding]:
    """The findings of a process, worst first, dismissed ones among them. Raises Refused for who sees no processes."""
    refuse_strangers(by)
    kept = kept_findings(process)
    names = names_for(process, [each.finding for each in kept])
    dismissed = {row.finding: row for row in Dismissal.objects.filter(process=process)}
    sees = may_see_people(by)
    return [ToldFinding(process, each, names, dismissed.get(each.finding.key), sees) for each in kept]


def known_findings(process: Process, by: Actor) -> list[ToldFinding]:
    """The findings that are known already and that nobody dismissed, worst first; nothing is looked for.

    Raises Refused for who sees no processes.
    """
    return _told(process, _known(process, by), by)


def _known(process: Process, by: Actor) -> list[KeptFinding]:
    """The same without names, which cost queries."""
    refuse_strangers(by)
    dismissed = set(Dismissal.objects.filter(process=process).values_list("finding", flat=True))
    return [each for each in found_already(process) if each.finding.key not in dismissed]


def _told(process: Process, known: list[KeptFinding], by: Actor) -> list[ToldFinding]:
    names, sees = names_for(process, [each.finding for each in known]), may_see_people(by)
    return [ToldFinding(process, each, names, None, sees) for each in known]


def worst_of(process: Process, by: Actor) -> ToldFinding | None:
    """The worst finding that is known already and that nobody dismissed."""
    return next(iter(_told(process, _known(process, by)[:1], by)), None)


def gain_told(process: Process, by: Actor) -> dict[str, str]:
    """What could be gained in a month in words, with its interval: money where rates are known, else hours of waiting."""
    gain, currency = gain_of(process, by), str(process.rates.get("currency") or "CNY")
    if gain is None or gain.hours < 1:
        return {}
    amount, say = gain.waiting_hours, saying.hours
    if gain.money is not None and gain.money.value >= 1:
        amount, say = gain.money, lambda value: saying.money_of(value, currency)
    return {"value": say(amount.value), "between": saying.between(amount, say)}


def gain_of(process: Process, by: Actor) -> Size | None:
    """What could be gained in a month by all findings that are known already and that nobody dismissed, none counted
    twice; None where there are none."""
    gains = [each.finding.gain for each in _known(process, by) if each.finding.gain is not None]
    return together(gains) if gains else None


def finding_of(process: Process, key: str, by: Actor) -> ToldFinding:
    """One finding of a process. Raises NotFound, Refused."""
    found = next((each for each in findings_of(process, by) if each.key == key), None)
    if found is None:
        raise NotFound(_("This process has no such finding now."))
    return found


def reckoned(process: Process) -> list[str]:
    """In what time waits are told, and by what rates hours become money."""
    if process.case_kind:
        time = _(
            "Waits and work are told in working hours where working calendars are known, nights and weekends left out;"
            " how long cases last as it passes on the clock."
        )
    else:
        time = _("Waits are told as they pass on the clock, nights and weekends included.")
    rates = rates_of(process.rates)
    if rates.usual is None:
        return [time, _("No cost rates are set, so nothing is told in money.")]
    money = _(
        "An hour of work is reckoned at %(work)s, an hour that a case waits at %(wait)s, a twentieth of it."
    ) % {
        "work": saying.money_of(rates.usual, str(rates.currency or "CNY"), is_exact=True),
        "wait": saying.money_of(rates.usual * WAITING, str(rates.currency or "CNY"), is_exact=True),
    }
    return [time, money]


def at_a_glance(process: Process, _columns: EventColumns, by: Actor) -> list[dict[str, Any]]:
    """The findings that nobody dismissed, for who asks for the whole process."""
    return [each.answer() for each in findings_of(process, by) if each.dismissal is None]
