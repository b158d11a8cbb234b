"""What could not be taken back with a redesign, in the reader's words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kinflow.automation.authority.models import Policy
from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, Position, Skill, Unit, WorkingCalendar
from kinflow.records.access import visible
from kinflow.records.faces import face_of

from .done import Left

_MODELS: Mapping[str, type[Model]] = {
    "person": Person,
    "skill": Person,
    "unit": Unit,
    "added": Unit,
    "moved": Unit,
    "closed": Unit,
    "position": Position,
    "posts": Position,
    "taken_up": Position,
    "calendar": WorkingCalendar,
    "policy": Policy,
}
_WHY: Mapping[str, Any] = {
    "changed": gettext_lazy("%(what)s: somebody changed this since (%(fields)s); it stays as it is now."),
    "used": gettext_lazy("%(what)s stays: somebody belongs to it by now."),
    "refused": gettext_lazy("%(what)s: this could not be taken back as things stand; look at it yourself."),
}


def staying_words(left: Iterable[Left], by: Actor) -> list[str]:
    """What stays, one sentence each, as far as the actor may see it."""
    return [words for one in left if (words := _words(one, by))]


def _words(one: Left, by: Actor) -> str:
    row = visible(by, _MODELS[one["what"]]._default_manager.filter(pk=one["pk"])).first()
    if row is None:
        return ""
    if one["why"] == "held":
        told = {"position": str(row), "count": one["count"]}
        return (
            ngettext(
                "%(position)s: %(count)s of the new posts is held by now; whoever holds it stays.",
                "%(position)s: %(count)s of the new posts are held by now; whoever holds them stays.",
                one["count"],
            )
            % told
        )
    return str(_WHY[one["why"]]) % {"what": str(row), "fields": _fields(one, row)}


def _fields(one: Left, row: Model) -> str:
    if one["what"] == "skill":
        return str(Skill.objects.filter(pk=one["skill"]).first() or "")
    if one["what"] == "policy":
        return _("who decides")
    names = one.get("fields") or ["posts"]
    known = face_of(row).by_name
    return _(", ").join(str(known[name].label) for name in names if name in known)
