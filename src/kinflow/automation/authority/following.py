"""Questions looked at again: whoever is asked leaves, or another version of the policy's table counts."""

from django.utils import timezone

from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.kit.problem import Conflict
from kinflow.organisation.people.events import PersonLeft
from kinflow.records.faces import registry

from ..approvals.asking import hand_on
from ..approvals.models import OPEN, Approval
from ..decisions.events import TablePutLive
from ..decisions.outcomes import ALONE, REFUSED
from .asked import asked_person
from .deciding import weigh
from .models import Policy

it = reader("automation.authority")
MOST = 500


@it.on(PersonLeft.name)
def ask_others(entry: Entry) -> None:
    """Whoever leaves is asked no more."""
    people = [m.object_id for m in entry.mentioned if m.role == "person"]
    for pk in (
        Approval.objects.filter(person__in=people, state=OPEN)
        .exclude(use=None)
        .values_list("use__policy", flat=True)
        .distinct()
    ):
        look_again(policy=Policy.objects.get(pk=pk), by=SYSTEM.because_of(entry.pk, entry.depth))


@it.on(TablePutLive.name)
def ask_by_the_new_version(entry: Entry) -> None:
    """Who would be asked by the version that counts now is asked."""
    tables = [m.object_id for m in entry.mentioned if m.role == "decisiontable"]
    for policy in Policy.objects.filter(table__in=tables, is_active=True):
        look_again(policy=policy, by=SYSTEM.because_of(entry.pk, entry.depth))


@action
def look_again(*, policy: Policy, by: Actor) -> None:
    """Hand open questions of a policy on to whoever is asked by the version that counts.

    What may be decided alone now, or by nobody, stays with whoever is asked: they answer what was asked then.
    """
    now = timezone.now()
    rows = Approval.objects.select_for_update(of=("self",)).filter(use__policy=policy, state=OPEN)
    for approval in rows.select_related("person", "use__person__reports_to", "caused_by").order_by("pk")[
        :MOST
    ]:
        use = approval.use
        about = registry[approval.kind].model._default_manager.filter(pk=approval.object_id).first()
        if use is None or about is None:
            continue
        who = weigh(policy, about, use.facts, now).who
        if who in (ALONE, REFUSED):
            continue
        try:
            wanted = asked_person(who, use.person, about)
        except Conflict:
            continue  # administrators may answer still
        if wanted.pk != approval.person_id:
            hand_on(approval, about, wanted, question=approval.question, now=now, by=by)
