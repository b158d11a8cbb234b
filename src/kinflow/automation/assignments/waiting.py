"""Another look at what waits for a person, when capacity comes free, somebody is back, or a scoring changes."""

from collections.abc import Collection

from django.utils import timezone

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import goes_on, reader
from kinflow.records.faces import registry

from ..offers.queries import asked_pairs
from ..scorings.events import ScoringAdded, ScoringChanged, ScoringRestored, ScoringSwitchedOn
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of, scorings_for
from .arriving import rule_actor
from .batch import assign_many
from .evaluation import evaluate
from .handed_back import handed_back_pairs
from .situations import situation_of
from .unowned import waiting

another_look = reader("automation.another_look")
AT_ONCE, AT_MOST = 500, 5000
"""So many items that wait are looked at together, and in one look altogether, the oldest first."""

CAN_MORE = (
    "organisation.absence_removed",
    "organisation.calendar_changed",
    "organisation.calendar_day_removed",
    "organisation.calendar_day_set",
    "organisation.capacity_set",
    "organisation.language_set",
    "organisation.person_added",
    "organisation.person_changed",
    "organisation.presence_set",
    "organisation.roles_set",
    "organisation.skill_set",
    "organisation.territories_set",
)
FREES = {
    "sales.lead_disqualified": "lead",
    "sales.lead_converted": "lead",
    "sales.opportunity_won": "opportunity",
    "sales.opportunity_lost": "opportunity",
    "service.case_solved": "case",
    "contact_center.email_answered": "email",
    "contact_center.email_ignored": "email",
    "customers.activity_finished": "activity",
    "customers.activity_cancelled": "activity",
    "customers.account_stage_changed": "account",
}
"""What ends an item, and the kind of work that its person can take more of from then on."""
RULES = (ScoringAdded.name, ScoringChanged.name, ScoringRestored.name, ScoringSwitchedOn.name)


def look_again(kind: str, entry: Entry | None) -> int:
    """Assign what waits and has an eligible person now, to the optimum; how many items were given out or offered.

    `entry` is what caused it; None where time did.

    What still fits nobody stays as it is: those who must know were told when it came in.
    """
    ids = list(waiting(kind).values_list("pk", flat=True)[:AT_MOST])
    return sum(_look_at(kind, ids[at : at + AT_ONCE], entry) for at in range(0, len(ids), AT_ONCE))


def _look_at(kind: str, ids: list[int], entry: Entry | None) -> int:
    chosen = scorings_for(kind, ids)
    given = 0
    for scoring in {s.pk: s for s in chosen.values()}.values():
        hopeful = _hopeful(kind, sorted(pk for pk, s in chosen.items() if s == scoring), scoring)
        if hopeful:
            by = rule_actor(scoring, entry)
            found = assign_many(kind=kind, ids=hopeful, only_eligible=True, now=timezone.now(), by=by)
            given += len(found.given) + len(found.offered)
    return given


def _hopeful(kind: str, ids: list[int], scoring: Scoring) -> list[int]:
    """The items among these that somebody is eligible for, seen all at once."""
    rows, situation = situation_of(kind, ids, timezone.now())
    draft = draft_of(current_version(scoring))
    barred, asked = handed_back_pairs(kind, ids), asked_pairs(kind, ids)
    eligible = evaluate(situation, draft, barred=barred, asked=asked).eligible
    return [row.pk for row, fits in zip(rows, eligible, strict=True) if fits.any()]


def comes_again(entry: Entry, names: Collection[str]) -> bool:
    """Whether the log goes on with something of the same effect: then the look is taken there, once for all."""
    return goes_on(int(entry.tx), entry.pk, names)


def works() -> list[str]:
    return [face.name for face in registry.values() if face.work is not None]


@another_look.on(*CAN_MORE, *RULES)
def look_at_all(entry: Entry) -> None:
    """Somebody can more, or is judged by other rules: look at every kind of work."""
    if comes_again(entry, (*CAN_MORE, *RULES)):
        return
    for kind in works():
        look_again(kind, entry)


@another_look.on(*FREES)
def look_at_kind(entry: Entry) -> None:
    """An item is done: whoever had it may take another of its kind."""
    kind = FREES[entry.name]
    if kind in registry and not comes_again(entry, [name for name, of in FREES.items() if of == kind]):
        look_again(kind, entry)
