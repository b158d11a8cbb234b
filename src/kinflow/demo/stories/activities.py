"""Pieces of work: planned or asked of somebody, begun when it is that person's turn, and done."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from ..engine.loop import Turn
from ..records import Activity
from ..scene import Scene, Steps
from ..words.notes import SUBJECTS, SUBJECTS_EN

KINDS: Mapping[str, str] = {
    "first_call": "call",
    "second_call": "call",
    "need_call": "call",
    "technical_call": "call",
    "follow_up": "call",
    "care_call": "call",
    "phone_help": "call",
    "ask_again": "call",
    "negotiation": "meeting",
    "site_visit": "visit",
    "care_visit": "visit",
    "handover_visit": "visit",
    "repair_visit": "visit",
    "maintenance_visit": "visit",
    "book_visit": "call",
    "arrange_return": "call",
    "technical_answer": "call",
    "quote": "quote",
    "parts_offer": "quote",
    "discount_approval": "approval",
    "contract_review": "approval",
}
Outcome = str | Callable[[], str]


def plan(
    scene: Scene,
    topic: str,
    *,
    owner: str,
    by: str,
    about: str | None,
    account: str | None = None,
    contact: str | None = None,
    who: str = "",
    what: str = "",
    due_at: int | None = None,
    cause: int | None = None,
) -> str:
    """Plan work, or ask it of somebody; returns the activity's key."""
    activity = _add(
        scene, topic, owner=owner, about=about, account=account, contact=contact, who=who, what=what
    )
    if due_at is not None:
        scene.ledger.activities.change(activity.key, due_at=datetime.fromtimestamp(due_at, UTC))
    scene.tell(
        "activity_planned",
        by,
        subjects_of(activity),
        cause,
        activity_kind=activity.kind,
        topic=topic,
        owner=owner,
    )
    return activity.key


def _add(
    scene: Scene,
    topic: str,
    *,
    owner: str,
    about: str | None,
    account: str | None,
    contact: str | None,
    who: str,
    what: str,
) -> Activity:
    subjects = SUBJECTS_EN if scene.roster.writes_english(scene.desks.holder(owner)) else SUBJECTS
    return scene.ledger.activities.add(
        Activity(
            key=scene.ledger.activities.next_key(),
            kind=KINDS.get(topic, "task"),
            topic=topic,
            subject=subjects.get(topic, SUBJECTS[topic]).format(who=who, what=what)[:300],
            owner=scene.desks.holder(owner),
            account=account,
            contact=contact,
            about=about,
            created_at=scene.ledger.now,
        )
    )


def subjects_of(activity: Activity) -> dict[str, str]:
    """What an activity's happenings mention."""
    subjects = {"activity": activity.key}
    if activity.about:
        subjects[activity.about.partition("-")[0]] = activity.about
    if activity.account:
        subjects["account"] = activity.account
    if activity.contact:
        subjects["contact"] = activity.contact
    return subjects


def perform(
    scene: Scene, key: str, minutes: float, priority: int, outcome: Outcome = "", notes: Outcome = ""
) -> Steps[str]:
    """Do planned work when it is its owner's turn; returns who did it."""
    turn = Turn(scene.ledger.activities[key].owner, minutes, priority)
    yield turn
    _begin(scene, key, turn)
    yield turn.ends_at
    _finish(scene, key, turn, outcome, notes)
    return turn.who


def _begin(scene: Scene, key: str, turn: Turn) -> None:
    activity = scene.ledger.activities.change(
        key, status="started", started_at=scene.ledger.now, owner=turn.who
    )
    scene.tell(
        "activity_started", turn.who, subjects_of(activity), activity_kind=activity.kind, topic=activity.topic
    )


def _finish(scene: Scene, key: str, turn: Turn, outcome: Outcome, notes: Outcome) -> None:
    result = outcome() if callable(outcome) else outcome
    text = notes() if callable(notes) else notes
    activity = scene.ledger.activities.change(
        key, status="done", ended_at=scene.ledger.now, outcome=result, notes=text
    )
    scene.tell(
        "activity_done",
        turn.who,
        subjects_of(activity),
        activity_kind=activity.kind,
        topic=activity.topic,
        outcome=result,
    )


def cancel(scene: Scene, key: str, by: str) -> None:
    """Drop planned work."""
    activity = scene.ledger.activities.change(key, status="cancelled")
    scene.tell(
        "activity_cancelled", by, subjects_of(activity), activity_kind=activity.kind, topic=activity.topic
    )


def work(
    scene: Scene,
    topic: str,
    *,
    owner: str,
    minutes: float,
    priority: int,
    about: str | None,
    account: str | None = None,
    contact: str | None = None,
    who: str = "",
    what: str = "",
    outcome: Outcome = "",
    notes: Outcome = "",
) -> Steps[str]:
    """Do work that nobody planned beforehand, when it is the owner's turn; returns who did it."""
    turn = Turn(owner, minutes, priority)
    yield turn
    yield from during(
        scene,
        turn,
        topic,
        about=about,
        account=account,
        contact=contact,
        who=who,
        what=what,
        outcome=outcome,
        notes=notes,
    )
    return turn.who


def during(
    scene: Scene,
    turn: Turn,
    topic: str,
    *,
    about: str | None,
    account: str | None = None,
    contact: str | None = None,
    who: str = "",
    what: str = "",
    outcome: Outcome = "",
    notes: Outcome = "",
) -> Steps[None]:
    """Spend a turn that has begun on a piece of work."""
    activity = _add(
        scene, topic, owner=turn.who, about=about, account=account, contact=contact, who=who, what=what
    )
    _begin(scene, activity.key, turn)
    yield turn.ends_at
    _finish(scene, activity.key, turn, outcome, notes)
