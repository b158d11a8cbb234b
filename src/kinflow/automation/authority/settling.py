"""A question of a policy answered: what was approved is done, once, together with the answer."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, record
from kinflow.kit.problem import NotFound
from kinflow.records.asking import inputs_of, read
from kinflow.records.faces import registry
from kinflow.records.matters import matters
from kinflow.records.running import run_verb

from ..approvals.answering import settlers
from ..approvals.models import APPROVED as YES
from ..approvals.models import Approval
from ..bilingual import in_all_languages
from ..messages.sending import send
from .events import DecisionApproved, DecisionRefused
from .models import APPROVED, REFUSED, AuthorityUse
from .naming import called


def settle(approval: Approval, about: Any, said: str, by: Actor) -> None:
    """Do what was approved, and tell whoever asked. Raises what the action raises: then the question stays open."""
    use = (
        AuthorityUse.objects.select_for_update(of=("self",))
        .select_related("policy", "person")
        .get(pk=approval.use_id or 0)
    )
    if about is None:
        raise NotFound(_("The record this was about is gone."))
    is_yes = approval.state == YES
    now = timezone.now()
    use.outcome, use.answered_at = APPROVED if is_yes else REFUSED, now
    use.save(update_fields=["outcome", "answered_at"])
    event = DecisionApproved if is_yes else DecisionRefused
    record(event(record=about, person=use.person, policy=use.policy, comment=said))
    if is_yes:
        matter = matters[use.policy.matter]
        face = registry[matter.kind]
        verb = face.verb(matter.verb)
        assert verb is not None
        run_verb(face, verb.name, about, read(inputs_of(verb.action, face), use.given, by=by), by)
    if use.person is not None:
        words = {"policy": called(use.policy), "who": by.name}
        send(
            key=f"authority_answered:{use.pk}",
            to=[use.person],
            subject=in_all_languages(
                lambda: (
                    (_("%(policy)s: %(who)s approved") if is_yes else _("%(policy)s: %(who)s refused"))
                    % words
                )
            ),
            text=said,
            about=about,
            now=now,
            by=by,
        )


settlers.append(settle)
