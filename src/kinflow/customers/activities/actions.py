"""All that can be done with activities."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..accounts.models import Account
from ..contacts.models import Contact
from .events import (
    ActivityAssigned,
    ActivityCancelled,
    ActivityChanged,
    ActivityFinished,
    ActivityLogged,
    ActivityPlanned,
    ActivityStarted,
)
from .finishing import missing_for
from .models import Activity
from .rules import KINDS, LONGEST_MINUTES, RESULTS, STATUSES, can_move
from .subjects import account_of, contact_of, mentions_of, refuse_faceless


class WrongStatus(Conflict):
    """The activity's status does not allow this."""

    code = "wrong-status"


def _move(activity: Activity, to: str) -> None:
    if not can_move(activity.status, to):
        raise WrongStatus(
            _("An activity that is “%(status)s” cannot become “%(to)s”.")
            % {"status": activity.get_status_display(), "to": dict(STATUSES)[to]},
            field="/status",
            remedy=_("Look at the activity again: somebody may have moved it meanwhile."),
        )
    activity.status = to


def _new(
    kind: str,
    subject: str,
    about: Model | None,
    account: Account | None,
    contact: Contact | None,
    errors: Sequence[FieldError] = (),
) -> Activity:
    """The unsaved activity; account and contact follow from what it is about where they are not given.

    `errors` are what is wrong besides. Raises Invalid naming all of it.
    """
    errors = [*errors, *_silent(subject)]
    if kind not in dict(KINDS):
        errors.append(FieldError("/kind", _("Choose one of the values.")))
    if errors:
        raise Invalid(errors=errors)
    refuse_faceless(about)
    contact = contact or contact_of(about)
    return Activity(
        kind=kind,
        subject=subject.strip()[:300],
        account=account or account_of(about) or (contact.account if contact else None),
        contact=contact,
        about_kind=str(about._meta.model_name) if about is not None else "",
        about_id=about.pk if about is not None else None,
    )


def _silent(subject: str) -> list[FieldError]:
    return [] if subject.strip() else [FieldError("/subject", _("Say in a few words what it is about."))]


def _unknown(result: str) -> list[FieldError]:
    is_known = not result or result in dict(RESULTS)
    return [] if is_known else [FieldError("/result", _("Choose one of the values."))]


@action
def plan_activity(
    *,
    subject: Annotated[str, Ask(gettext_lazy("Subject"))],
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=KINDS)] = "task",
    topic: Annotated[str, Ask(gettext_lazy("Topic"))] = "",
    account: Annotated[Account | None, Ask(gettext_lazy("Account"))] = None,
    contact: Annotated[Contact | None, Ask(gettext_lazy("Contact"))] = None,
    about: Annotated[Model | None, Ask(gettext_lazy("About"))] = None,
    due_at: Annotated[datetime | None, Ask(gettext_lazy("Due"))] = None,
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    notes: Annotated[str, Ask(gettext_lazy("Notes"), long=True)] = "",
    subjects: Mapping[str, Any] | None = None,
    by: Actor,
) -> Activity:
    """Plan a piece of contact or work; `about` is the record it serves, `due_at` may have passed, `subjects` is the
    subject by language, where it is known in several.

    Raises Invalid for an empty subject, an unknown kind, or a record that activities cannot be about.
    """
    permit(by, kind="activity")
    activity = _new(kind, subject, about, account, contact)
    activity.subjects = {
        code: str(words)[:300]
        for code, words in (subjects or {}).items()
        if code in dict(settings.LANGUAGES) and words
    }
    activity.topic, activity.due_at, activity.notes = topic.strip()[:30], due_at, notes.strip()
    if owner is not None:
        activity.give_to(owner, timezone.now())
    activity.save()
    record(
        ActivityPlanned(
            activity=activity,
            kind=kind,
            subject=activity.subject,
            account=activity.account,
            contact=activity.contact,
            about=about,
            due_at=due_at,
        )
    )
    if owner is not None:
        record(ActivityAssigned(activity=activity, person=owner))
    return activity


@action
def log_activity(
    *,
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=KINDS)],
    subject: Annotated[str, Ask(gettext_lazy("Subject"))],
    about: Annotated[Model | None, Ask(gettext_lazy("About"))] = None,
    account: Annotated[Account | None, Ask(gettext_lazy("Account"))] = None,
    contact: Annotated[Contact | None, Ask(gettext_lazy("Contact"))] = None,
    outcome: Annotated[str, Ask(gettext_lazy("What came out"), long=True)] = "",
    minutes: Annotated[int, Ask(gettext_lazy("Minutes it took"))] = 0,
    result: Annotated[str, Ask(gettext_lazy("Result"), choices=RESULTS)] = "",
    by: Actor,
) -> Activity:
    """Note something that was just done; it belongs to who did it. `minutes` tell when it began.

    Raises Invalid as `plan_activity` does, for minutes below 0 or beyond a week, and for an unknown result.
    """
    permit(by, kind="activity")
    errors = _unknown(result)
    if not 0 <= minutes <= LONGEST_MINUTES:
        errors.append(FieldError("/minutes", _("Give a number of minutes from 0 to a week.")))
    activity = _new(kind, subject, about, account, contact, errors)
    now = timezone.now()
    activity.status, activity.result, activity.outcome = "done", result, outcome.strip()
    activity.started_at, activity.ended_at = now - timedelta(minutes=minutes), now
    doer = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    if doer is not None:
        activity.give_to(doer, now)
    activity.save()
    record(
        ActivityLogged(
            activity=activity,
            kind=kind,
            result=result,
            outcome=activity.outcome,
            account=activity.account,
            contact=activity.contact,
            about=about,
            minutes=minutes,
        )
    )
    return activity


@action
def change_activity(
    *, activity: Activity, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Activity:
    """Change fields; `seen` are the values the editor saw."""
    activity = hold(activity)
    permit(by, activity)
    changed = apply_changes(activity, changes, seen=seen)
    if changed:
        if errors := _silent(activity.subject):
            raise Invalid(errors=errors)
        if "subject" in changed:  # what it was called in other languages is not what it is about any more
            activity.subjects = {}
        activity.save(update_fields=[*changed, *(["subjects"] if "subject" in changed else [])])
        record(ActivityChanged(activity=activity, changes=changed))
    return activity


@action
def assign_activity(
    *,
    activity: Activity,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    card: Mapping[str, Any] | None = None,
    by: Actor,
) -> Activity:
    """Give the activity to a person (None: hand it back), with the score card or a person's reason."""
    activity = hold(activity)
    permit(by, activity)
    before = activity.owner
    activity.give_to(person, timezone.now())
    activity.save()
    record(
        ActivityAssigned(
            activity=activity, person=person, before=before, card=dict(card or {}), reason=reason
        )
    )
    return activity


@action
def start_activity(*, activity: Activity, by: Actor) -> Activity:
    """Begin the work."""
    activity = hold(activity)
    permit(by, activity)
    _move(activity, "started")
    activity.started_at = timezone.now()
    activity.save()
    record(ActivityStarted(activity=activity, **mentions_of(activity)))
    return activity


@action
def finish_activity(
    *,
    activity: Activity,
    result: Annotated[str, Ask(gettext_lazy("Result"), choices=RESULTS)] = "done",
    outcome: Annotated[str, Ask(gettext_lazy("What came out"), long=True)] = "",
    by: Actor,
) -> Activity:
    """The work is done; without a start it began and ended now. `outcome` says in words what came out.

    Raises Invalid for an unknown result, and where something is to be there first that is not (`finishing`).
    """
    activity = hold(activity)
    permit(by, activity)
    if errors := _unknown(result):
        raise Invalid(errors=errors)
    _move(activity, "done")
    if errors := missing_for(activity, result):
        raise Invalid(errors=errors)
    now = timezone.now()
    activity.started_at, activity.ended_at = activity.started_at or now, now
    activity.result, activity.outcome = result or activity.result, outcome.strip() or activity.outcome
    activity.save()
    record(
        ActivityFinished(
            activity=activity,
            kind=activity.kind,
            result=activity.result,
            outcome=activity.outcome,
            **mentions_of(activity),
        )
    )
    return activity


@action
def cancel_activity(
    *, activity: Activity, reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "", by: Actor
) -> Activity:
    """It will not be done after all."""
    activity = hold(activity)
    permit(by, activity)
    _move(activity, "cancelled")
    activity.ended_at = timezone.now()
    activity.save()
    record(ActivityCancelled(activity=activity, reason=reason.strip(), **mentions_of(activity)))
    return activity
