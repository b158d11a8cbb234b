"""Where automation stands in the frame: My work in the rail, scorings among the settings, a batch above lists."""

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.records.access import may
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import ListButton, register_list_part
from kinflow.web import places

from .access import ASSIGN, sees_scorings
from .authority.access import sees_policies
from .decisions.access import sees_tables
from .pool.access import sees_pools
from .rules.access import sees_rules


def take_places() -> None:
    """Register all of them."""
    places.register(places.Place("work", _("My work"), "work", "/", order=0, group="work", shortcut="w"))
    scorings = places.SubPlace(
        _("Scorings"), "/scorings/", order=30, permitted=sees_scorings, text=_("How work finds its person")
    )
    places.register_sub("settings", scorings)
    pool = places.SubPlace(
        _("Public pool"), "/pool/", order=60, permitted=sees_pools, text=_("What is nobody's, to be claimed")
    )
    policies = places.SubPlace(
        _("Pools"), "/pool/policies/", order=32, permitted=sees_pools, text=_("Quotas, protection, return")
    )
    for place in ("customers", "sales"):
        places.register_sub(place, pool)
    places.register_sub("settings", policies)
    rules = places.SubPlace(
        _("Rules"), "/rules/", order=28, permitted=sees_rules, text=_("What happens by itself")
    )
    places.register_sub("settings", rules)
    tables = places.SubPlace(
        _("Decision tables"), "/decisions/", order=29, permitted=sees_tables, text=_("What follows from what")
    )
    places.register_sub("settings", tables)
    ruled = places.SubPlace(
        _("Policies and values"),
        "/policies/",
        order=27,
        permitted=sees_policies,
        text=_("Who decides what alone"),
    )
    places.register_sub("settings", ruled)
    approvals = places.SubPlace(
        _("Approvals"), "/approvals/", order=22, text=_("What waits for your yes or no")
    )
    places.register_sub("work", approvals)
    register_list_part(assign_button)


def assign_button(face: RecordType, by: Actor) -> ListButton | None:
    """The button that gives out what waits, for whoever assigns this kind of work."""
    if face.work is None or not may(by, ASSIGN[1], kind=face.name):
        return None
    return ListButton(_("Assign what waits"), "bolt", f"/assign/{face.name}/")
