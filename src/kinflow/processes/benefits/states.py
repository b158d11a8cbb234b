"""What cannot be told of a benefit as it stands: with too few records, all under way, a deployment that is over."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.timeline import with_mentions

from ..deployments.models import RUNNING, SHADOW, Deployment
from .estimating import LEAST
from .judging import Benefit

ENDS = ("processes.guard_returned", "processes.deployment_returned", "processes.deployment_ended")


@dataclass(frozen=True)
class State:
    """One thing to know; `tone` is "warn" where less can be told than the page seems to say."""

    tone: str
    text: str


def states_of(deployment: Deployment, benefit: Benefit) -> list[State]:
    """What to know before reading the figures; nothing where all is as usual."""
    found = [] if deployment.state == RUNNING else [State("warn", _over(deployment))]
    if deployment.way == SHADOW:
        return found
    text = _too_few(benefit) or _under_way(benefit)
    return [*found, State("warn", text)] if text else found


def _over(deployment: Deployment) -> str:
    """When and why the deployment came to its end, and what that means for its figures."""
    entries = Entry.objects.filter(
        name__in=ENDS, mentions__kind="deployment", mentions__object_id=deployment.pk
    ).order_by("-pk")[:1]
    told = narrate(with_mentions(list(entries)))
    at = localtime(deployment.ended_at or deployment.changed_at)
    words = {
        "why": told[0].text.rstrip(".。 ") if told else _("The deployment is over"),
        "when": date_format(at, "DATETIME_FORMAT"),
    }
    return (
        _(
            "%(why)s. Since %(when)s no further record comes to this comparison; those of before are followed to the end"
            " of their days."
        )
        % words
    )


def _too_few(benefit: Benefit) -> str:
    new, compared = benefit.sizes
    if not new and not compared:
        if benefit.is_part:
            return _("There is no record of either group that you may see: nothing can be told here.")
        return _(
            "No record has come to either group yet: nothing can be told. Look again when the first have."
        )
    if not new:
        return _(
            "No record goes by the new version yet: what is shown is the comparison alone, and nothing can be told of a"
            " benefit."
        )
    if not compared:
        return _(
            "There is no record to compare with yet: what is shown is the new version alone, and nothing can be told of a"
            " benefit."
        )
    if new == 1:
        return _(
            "Only one record goes by the new version: it shows what can happen, and nothing can be told of a benefit. At"
            " least %(least)s followed to the end are needed in each group."
        ) % {"least": LEAST}
    return ""


def _under_way(benefit: Benefit) -> str:
    if benefit.following < benefit.records or benefit.next_at is None:
        return ""
    when = date_format(localtime(benefit.next_at), "DATETIME_FORMAT")
    return ngettext(
        "The one record is still being followed. It is counted from %(when)s on; until then there is only the curve.",
        "All %(count)s records are still being followed. The first is counted from %(when)s on; until then there are only"
        " the curves.",
        benefit.records,
    ) % {"count": f"{benefit.records:,}", "when": when}
