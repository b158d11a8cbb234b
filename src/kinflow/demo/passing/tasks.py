"""Tasks of running instances, done by the people who have them: when, and what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heappop, heappush

from django.utils import timezone

from kinflow.customers.activities.actions import finish_activity, start_activity
from kinflow.customers.activities.models import Activity
from kinflow.customers.activities.rules import OPEN_STATUSES
from kinflow.kit.problem import Problem
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.designs.bindings import Results
from kinflow.processes.designs.kept import NotFit, kept
from kinflow.processes.execution.actions import choose_way
from kinflow.processes.execution.models import OPEN, ProcessToken
from kinflow.records.faces import registry

from ..engine.chance import Chance, Weighted
from ..scene import HOUR, Scene
from ..stories.approvals import LIES_HOURS, REFUSED
from ..stories.cases import AGAIN
from ..stories.leads import REACHED
from .ways import Ways

LIES = 2.7
"""How many working hours something lies in the tray before somebody looks (median), where it is no approval."""
MINUTES = {"call": 15, "visit": 180, "meeting": 60, "task": 42, "quote": 38, "approval": 6}
AT_ONCE = ("task", "approval")
"""What people only tick off when it is done."""
RESULTS = {
    "call": Weighted((("reached", REACHED), ("no_answer", 1 - REACHED))),
    "quote": Weighted((("sent", 1.0),)),
    "approval": Weighted((("approved", 1 - REFUSED[True]), ("refused", REFUSED[True]))),
}
DONE = Weighted((("done", 1.0),))
ELSE = ("done", "refused", "unfinished", "no_answer")
"""What comes out of a task where it is not what the model's ways ask for."""


@dataclass(order=True)
class Doing:
    """Something that somebody will do: begin or finish a task, or choose a way at a token."""

    at: datetime
    order: int
    token: int = field(compare=False)
    activity: int | None = field(compare=False)
    is_end: bool = field(compare=False, default=False)


@dataclass
class Tasks:
    """What lies on people's desks because of instances, with the scene that knows when they work."""

    scene: Scene
    people: dict[int, str]
    chance: Chance
    ways: Ways = field(init=False)
    _coming: list[Doing] = field(default_factory=list)
    _known: set[tuple[int, int | None]] = field(default_factory=set)
    _busy: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        self.ways = Ways(self.chance)

    def next_at(self) -> datetime | None:
        """When the next is done."""
        return self._coming[0].at if self._coming else None

    def do_next(self, _moment: datetime) -> None:
        """Do the next."""
        self.do(heappop(self._coming))

    def find(self) -> None:
        """Put tasks and decisions that are new on the desks of those who have them."""
        rows = ProcessToken.objects.filter(
            instance__state__in=OPEN, instance__is_shadow=False, state="waits", fault=""
        ).select_related("instance__design__owner")
        new = [row for row in rows.order_by("since", "pk") if (row.pk, row.activity_id) not in self._known]
        given = Activity.objects.in_bulk([row.activity_id for row in new if row.activity_id is not None])
        for row in new:
            task = given.get(row.activity_id or 0)
            if task is None:
                self._known.add((row.pk, row.activity_id))
                who = _decides(row).pk if _ways(row) else None
            else:
                who = task.owner_id if task.status in OPEN_STATUSES else None
            key = self.people.get(who or 0)
            if key is not None:
                self._known.add((row.pk, row.activity_id))
                self._plan(row, task.kind if task else "task", key)

    def _plan(self, row: ProcessToken, kind: str, key: str) -> None:
        lies = LIES_HOURS[self.scene.troubles.rubber_stamp] if kind == "approval" else LIES
        begins, ends = self._when(key, int(timezone.now().timestamp()), lies, MINUTES.get(kind, 42))
        if row.activity_id is not None and kind not in AT_ONCE:
            self._add(begins, row, is_end=False)
        self._add(ends, row, is_end=True)

    def _when(self, key: str, since: int, lies: float, minutes: float) -> tuple[datetime, datetime]:
        """When somebody begins with something, and is done: in their working time, one after the other."""
        desk = self.scene.desks.of(key)
        hours, office = desk.hours, self.scene.office
        looked_at = office.finish(office.next_open(since), int(self.chance.spread(lies, 0.5) * HOUR))
        begins = hours.next_open(max(looked_at, self._busy.get(key, 0)))
        ends = hours.finish(begins, max(60, int(self.chance.spread(minutes, 0.4) * 60)))
        self._busy[key] = ends + 60
        return datetime.fromtimestamp(begins, UTC), datetime.fromtimestamp(ends, UTC)

    def _add(self, at: datetime, row: ProcessToken, *, is_end: bool) -> None:
        self._count += 1
        heappush(self._coming, Doing(at, self._count, row.pk, row.activity_id, is_end))

    def do(self, doing: Doing) -> None:
        """Do it, unless it is not to be done any more, or may not be."""
        row = ProcessToken.objects.select_related("instance__design").filter(pk=doing.token).first()
        if row is None or row.activity_id != doing.activity or row.instance.state not in OPEN:
            return
        try:
            if doing.activity is None:
                self._choose(row)
            else:
                self._work(row, doing)
        except Problem:
            self._known.add((row.pk, row.activity_id))  # somebody has to look at it

    def _work(self, row: ProcessToken, doing: Doing) -> None:
        task = Activity.objects.select_related("owner__unit").get(pk=doing.activity or 0)
        if task.owner is None or task.status not in OPEN_STATUSES:
            return
        by = actor_of_person(task.owner)
        if doing.is_end:
            finish_activity(activity=task, result=self._result(row, task.kind), by=by)
        elif task.status == "planned":
            start_activity(activity=task, by=by)

    def _result(self, row: ProcessToken, kind: str) -> str:
        """What comes out: usually what the model's ways ask for; of approvals as often as ever."""
        usual = RESULTS.get(kind, DONE).pick(self.chance)
        asked = _asked_for(row)
        if not asked or kind == "approval":
            return usual
        if self.chance.hit(1 - AGAIN):
            return usual if usual in asked else asked[0]
        return next((each for each in ELSE if each not in asked), usual)

    def _choose(self, row: ProcessToken) -> None:
        """The way that the record goes, else one as likely as the log knows it."""
        ways, who = _ways(row), _decides(row)
        if not ways:
            return
        plan = kept(row.instance.design_id, row.instance.number).plan
        way = self.ways.of(row, plan, ways, is_closed=_is_closed(row))
        choose_way(processinstance=row.instance, token=row.number, way=way, by=actor_of_person(who))


def _is_closed(row: ProcessToken) -> bool:
    face = registry.get(row.instance.about_kind)
    if face is None or face.work is None:
        return False
    return not face.model._default_manager.filter(pk=row.instance.about_id, **face.work.open).exists()


def _decides(row: ProcessToken) -> Person:
    """Whoever has the record, else the design's owner."""
    face = registry.get(row.instance.about_kind)
    record = (
        face.model._default_manager.filter(pk=row.instance.about_id).first() if face is not None else None
    )
    owner: Person | None = getattr(record, "owner", None)
    return owner or row.instance.design.owner


def _ways(row: ProcessToken) -> tuple[str, ...]:
    """The ways between which a person chooses at a token; none where nobody does."""
    try:
        node = kept(row.instance.design_id, row.instance.number).plan.nodes[row.node]
    except (NotFit, KeyError):
        return ()
    return node.out if node.kind == "choose" else ()


def _asked_for(row: ProcessToken) -> Sequence[str]:
    """The results of a task that a way behind it asks for."""
    version = kept(row.instance.design_id, row.instance.number)
    found: list[str] = []
    for flow in version.plan.nodes[row.node].out:
        behind = version.plan.nodes[version.plan.targets[flow]]
        for way in behind.out:
            binding = version.bindings.get(way)
            found += binding.results if isinstance(binding, Results) else ()
    return found
