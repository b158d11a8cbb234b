"""What runs by a design now: where it waits and for how long, what is stuck, and setting many right at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem

from ..designs.kept import shown_plan
from ..designs.models import ProcessDesign
from ..execution.collected import together_at
from ..execution.correcting import correct
from ..execution.models import OPEN, STUCK, ProcessInstance, ProcessToken
from ..execution.reasons import wrong_reason
from ..execution.seen import instance_at
from ..execution.showing import about_of, what_to_do, why_stuck

MOST_AT_ONCE = 200
MOST_SHOWN = 100
MANY = ("retry", "skip", "move", "cancel")
WITH_REASON = MANY[1:]


@dataclass(frozen=True)
class Waiting:
    """How many tokens stand at an element, how many of them are stuck, and how long the longest has waited.

    `together`: so many are collected there before they go on; 1 where none are.
    """

    element: str
    step: str
    count: int
    stuck: int
    longest: timedelta
    shortest: timedelta
    together: int = 1


@dataclass(frozen=True)
class Stuck:
    """A token that cannot go on, for a reader who may see its instance."""

    token: ProcessToken
    instance: ProcessInstance
    step: str
    about: str
    address: str

    @property
    def why(self) -> str:
        """Why it cannot, in the reader's language."""
        return why_stuck(self.token)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return what_to_do(self.token)


def versions_at_work(design: ProcessDesign) -> list[tuple[int, int]]:
    """The versions by which instances run, the newest first, each with how many."""
    rows = ProcessInstance.objects.filter(design=design, state__in=OPEN, is_shadow=False)
    return list(rows.order_by("-number").values_list("number").annotate(n=Count("pk")))


def waiting_by_element(design: ProcessDesign, number: int, now: datetime) -> list[Waiting]:
    """Where the instances of a version wait, the most first."""
    nodes = shown_plan(design.pk, number).nodes
    rows = _tokens(design, number).exclude(state__in=("holds", "listens", "undoable")).values("node")
    counted = rows.annotate(
        n=Count("pk"), stuck=Count("pk", filter=~Q(fault="")), first=Min("since"), last=Max("since")
    )
    together = together_at(design.pk, number)
    return [
        Waiting(
            element=r["node"],
            step=nodes[r["node"]].name,
            count=r["n"],
            stuck=r["stuck"],
            longest=now - r["first"],
            shortest=now - r["last"],
            together=together.get(r["node"], 1),
        )
        for r in counted.order_by("-n", "node")
    ]


def _tokens(design: ProcessDesign, number: int | None = None) -> QuerySet[ProcessToken]:
    rows = ProcessToken.objects.filter(
        instance__design=design, instance__state__in=OPEN, instance__is_shadow=False
    )
    return rows if number is None else rows.filter(instance__number=number)


def stuck_of(design: ProcessDesign, by: Actor) -> list[Stuck]:
    """The newest tokens that cannot go on, of instances that the reader may see."""
    rows = _tokens(design).filter(instance__state=STUCK).exclude(fault="").order_by("-since", "-pk")
    found = []
    for row in rows[: MOST_SHOWN * 2]:
        try:
            instance = instance_at(row.instance_id, by)
        except NotFound:
            continue
        node = shown_plan(design.pk, instance.number).nodes[row.node]
        found.append(Stuck(row, instance, node.name, *about_of(instance, by)))
        if len(found) == MOST_SHOWN:
            break
    return found


def targets_of(design: ProcessDesign) -> list[tuple[str, str]]:
    """The steps of the version in operation that stuck instances can be moved to."""
    if design.live_number is None:
        return []
    nodes = shown_plan(design.pk, design.live_number).nodes.values()
    return [
        (n.id, n.name)
        for n in nodes
        if n.kind in ("work", "wait", "inside", "end") and not n.scope and not n.is_aside
    ]


def correct_many(
    design: ProcessDesign, tokens: Sequence[int], verb: str, *, reason: str = "", to: str = "", by: Actor
) -> tuple[int, list[str]]:
    """Do one thing at many tokens (by their ids): at how many it was done, and why not at the others, each reason once.

    Each instance is set right in a transaction of its own. Raises Invalid naming all that is wrong.
    """
    if verb not in MANY:
        raise Invalid(errors=[FieldError("/verb", _("There is no such thing to do."))])
    errors = wrong_reason(reason) if verb in WITH_REASON else []
    if verb == "move" and not to:
        errors.append(FieldError("/to", _("Choose a step of the same process.")))
    if not tokens or len(tokens) > MOST_AT_ONCE:
        words = _("Choose from 1 to %(most)d at a time.") % {"most": MOST_AT_ONCE}
        errors.append(FieldError("/tokens", words))
    if errors:
        raise Invalid(errors=errors)
    done, refused = 0, dict[str, None]()
    found = ProcessToken.objects.filter(pk__in=tokens, instance__design=design)
    rows = list(found.order_by("instance_id", "pk"))
    if len(rows) < len(set(tokens)):
        refused.setdefault(_("The process has gone on meanwhile."))
    ended: set[int] = set()
    for row in rows:
        if row.instance_id in ended:
            continue
        try:
            correct(instance_at(row.instance_id, by), verb, token=row.number, reason=reason, to=to, by=by)
            done += 1
            ended |= {row.instance_id} if verb == "cancel" else set()
        except Problem as problem:
            said = "; ".join(str(e.message) for e in problem.errors) or str(problem)
            refused.setdefault(said)
    return done, list(refused)
