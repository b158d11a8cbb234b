"""Plain statistics over the happenings, one for each planted trouble, as a study of the log would."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import mean, median

from kinflow.demo.happenings import Happening
from kinflow.demo.market.interests import HOT
from kinflow.demo.world import World


@dataclass(frozen=True)
class Work:
    """One activity as the log tells it."""

    key: str
    topic: str
    about: str
    planned_at: datetime | None
    started_at: datetime
    done_at: datetime | None
    by: str
    outcome: str


class Log:
    """A world with all its happenings told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.happenings = list(world.happenings())
        self.by_kind: dict[str, list[Happening]] = defaultdict(list)
        for happening in self.happenings:
            self.by_kind[happening.kind].append(happening)
        self.works = list(self._works())

    def _works(self) -> Iterator[Work]:
        planned = {h.subjects["activity"]: h.at for h in self.by_kind["activity_planned"]}
        done = {h.subjects["activity"]: h for h in self.by_kind["activity_done"]}
        activities = self.world.records.activities
        for started in self.by_kind["activity_started"]:
            key = started.subjects["activity"]
            end = done.get(key)
            yield Work(
                key,
                started.details["topic"],
                activities[key].about or "",
                planned.get(key),
                started.at,
                end.at if end else None,
                started.actor,
                end.details["outcome"] if end else "",
            )

    def done(self, topic: str) -> list[Work]:
        """The finished activities of a topic."""
        return [work for work in self.works if work.topic == topic and work.done_at]

    def unit_of(self, person: str) -> str:
        """The unit a person works in."""
        return self.world.scene.roster.people[person].unit

    def working_hours(self, begin: datetime, end: datetime) -> float:
        """The hours the head office worked between two moments."""
        return self.world.scene.office.between(int(begin.timestamp()), int(end.timestamp())) / 3600


def approvals(log: Log) -> tuple[int, float, float]:
    """Discount approvals: how many, which share was refused, mean working hours from asking to answer."""
    works = log.done("discount_approval")
    refused = sum(work.outcome == "refused" for work in works) / len(works)
    return len(works), refused, mean(log.working_hours(work.planned_at, work.done_at) for work in works)


def is_late_in_week(at: datetime) -> bool:
    """Whether a moment lies between Friday two o'clock and Sunday night in China."""
    local = at + timedelta(hours=8)
    return local.isoweekday() > 5 or (local.isoweekday() == 5 and local.hour >= 14)


def hot_leads(log: Log, *, late: bool) -> tuple[int, float, float, float]:
    """Hot leads by time of the week: number, median hours to first contact, shares converted and won."""
    contacted = {h.subjects["lead"]: h.at for h in log.by_kind["lead_contacted"]}
    records, waits, converted, won = log.world.records, [], [], []
    for captured in log.by_kind["lead_captured"]:
        key = captured.subjects["lead"]
        lead = records.leads[key]
        online = lead.source in ("web", "search", "wecom", "email")
        if captured.details["score"] < HOT or is_late_in_week(captured.at) != late or not online:
            continue
        if lead.stage == "disqualified" or lead.opportunity:
            converted.append(bool(lead.opportunity))
            won.append(bool(lead.opportunity) and records.opportunities[lead.opportunity].outcome == "won")
        if key in contacted:
            waits.append((contacted[key] - captured.at).total_seconds() / 3600)
    return len(won), median(waits), mean(converted), mean(won)


def hand_overs(log: Log, kind: str) -> tuple[int, float, float]:
    """Solved cases of a kind: how many, mean hand-overs, mean number of people before it is solved."""
    people: dict[str, list[str]] = defaultdict(list)
    for happening in log.happenings:
        if happening.kind in ("case_assigned", "case_handed_over"):
            people[happening.subjects["case"]].append(happening.details["person"])
    solved = [c for c in log.world.records.cases if c.kind == kind and c.status in ("solved", "closed")]
    chains = [people[case.key] for case in solved]
    return len(chains), mean(len(chain) - 1 for chain in chains), mean(len(set(chain)) for chain in chains)


def hours_to_the_technician(log: Log) -> float:
    """Median working hours from the opening of a repair to its hand-over to a technician or mechanic."""
    opened = {
        h.subjects["case"]: h.at for h in log.by_kind["case_opened"] if h.details["case_kind"] == "repair"
    }
    waits = {}
    for told in log.by_kind["case_handed_over"]:
        case, unit = told.subjects["case"], log.unit_of(told.details["person"])
        if case in opened and (unit.startswith("technicians") or unit == "workshop") and case not in waits:
            waits[case] = log.working_hours(opened[case], told.at)
    return median(waits.values())


def engineering(log: Log, *, magnetic: bool) -> tuple[set[str], float, float]:
    """Sizing of magnetic or other pumps: who did it, mean and 90th percentile of working days waited."""
    records = log.world.records
    products = {product.key: product.skill for product in log.world.company.products}
    people, waits = set(), []
    for work in log.done("engineering"):
        deal = records.opportunities[work.about]
        if (products[deal.product] == "magnetic") == magnetic:
            people.add(work.by)
            waits.append(log.working_hours(work.planned_at, work.started_at) / 8)
    return people, mean(waits), sorted(waits)[int(len(waits) * 0.9)]


def asked_again(log: Log) -> tuple[float, int]:
    """The share of repairs and maintenance with a second asking; how many values were changed back."""
    cases = [c for c in log.world.records.cases if c.kind in ("repair", "maintenance") and c.solved_at]
    asked = {work.about for work in log.works if work.topic == "ask_again"}
    return sum(case.key in asked for case in cases) / len(cases), changed_back(log)


def changed_back(log: Log) -> int:
    """How often a unit put a field back to what it was before another unit changed it."""
    history: dict[tuple[str, str], list[tuple[object, object, str]]] = defaultdict(list)
    for happening in log.by_kind["account_changed"] + log.by_kind["contact_changed"]:
        if happening.is_human:
            role = "contact" if happening.kind == "contact_changed" else "account"
            for name, (before, after) in happening.details["changes"].items():
                history[happening.subjects[role], name].append((before, after, log.unit_of(happening.actor)))
    return sum(
        first[0] == second[1] and first[2] != second[2]
        for changes in history.values()
        for first, second in pairwise(changes)
    )


def returns(log: Log) -> float:
    """How often on average a complaint comes back to a unit that had it before."""
    units: dict[str, list[str]] = defaultdict(list)
    for told in log.by_kind["case_handed_over"]:
        units[told.subjects["case"]].append(log.unit_of(told.details["person"]))
    complaints = [c.key for c in log.world.records.cases if c.kind == "complaint" and c.solved_at]
    return mean(len(units[key]) - len(set(units[key])) for key in complaints)


def refused_late(log: Log) -> tuple[int, float, float]:
    """Credit refusals: how many, the share after the quote was sent, mean hours worked on the deal before."""
    quoted = {work.about: work.done_at for work in log.done("quote")}
    spent: Counter[str] = Counter()
    refusals = {w.about: w.done_at for w in log.done("credit_check") if w.outcome == "refused"}
    for work in log.works:
        if work.about in refusals and work.done_at and work.done_at <= refusals[work.about]:
            spent[work.about] += (work.done_at - work.started_at).total_seconds() / 3600
    late = [key in quoted and quoted[key] < at for key, at in refusals.items()]
    return len(late), mean(late), mean(spent[key] for key in refusals)


def reviews(log: Log) -> tuple[float, float]:
    """Contract reviews: the share that began on a Tuesday or Friday, and mean working days waited."""
    works = log.done("contract_review")
    share = mean((w.started_at + timedelta(hours=8)).isoweekday() in (2, 5) for w in works)
    return share, mean(log.working_hours(w.planned_at, w.started_at) / 8 for w in works)
