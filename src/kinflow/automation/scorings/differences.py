"""What changed from one version of a scoring to the next, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.organisation.models import Person

from ..criteria import registry as criteria
from ..eligibility import registry as rules
from ..parameters import parameters_of
from .models import ScoringVersion


def differences(old: ScoringVersion | None, new: ScoringVersion) -> list[str]:
    """One line for each difference, in the active language; of the first version nothing."""
    if old is None:
        return []
    said = [
        *_parts(old.criteria, new.criteria, "criterion", criteria),
        *_parts(old.eligibility, new.eligibility, "rule", rules),
    ]
    if old.minimum_points != new.minimum_points:
        said.append(_change(_("Minimum points"), old.minimum_points, new.minimum_points))
    if old.fallback_id != new.fallback_id:
        said.append(_change(_("Fallback person"), _name(old.fallback), _name(new.fallback)))
    if old.offer != new.offer:
        said.append(_change(_("Offers instead of giving"), _terms(old.offer), _terms(new.offer)))
    if old.tell != new.tell:
        said.append(_("Other people are told"))
    if not said:
        said.append(_("Another order") if old.content() != new.content() else _("The same"))
    return said


def _terms(offer: Mapping[str, Any] | None) -> str:
    if not offer:
        return _("gives at once")
    told = _("%(n)d working minutes") if offer.get("working_time", True) else _("%(n)d minutes")
    return told % {"n": offer["minutes"]}


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _change(what: Any, before: Any, after: Any) -> str:
    told = {"what": what, "before": _word(before), "after": _word(after)}
    return _("%(what)s: %(before)s → %(after)s") % told


def _word(value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "…"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _parts(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], key: str, kinds: Mapping[str, Any]
) -> list[str]:
    """Parts are matched by kind and by which of its kind they are."""
    before, after = _numbered(old, key), _numbered(new, key)
    said = []
    for which, part in after.items():
        label = _label(kinds, which[0])
        if which not in before:
            weight = f" ({_word(part['weight'])})" if "weight" in part else ""
            said.append(_("%(what)s added%(weight)s") % {"what": label, "weight": weight})
            continue
        said += _within(label, kinds.get(which[0]), before[which], part)
    said += [_("%(what)s taken out") % {"what": _label(kinds, w[0])} for w in before if w not in after]
    return said


def _within(label: str, kind: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    said = []
    if before.get("weight") != after.get("weight"):
        said.append(_change(label, before.get("weight"), after.get("weight")))
    old, new = before.get("parameters") or {}, after.get("parameters") or {}
    for parameter in parameters_of(kind) if kind else ():
        was, now = (p.get(parameter.name, parameter.default) for p in (old, new))
        if was != now:
            said.append(_change(f"{label}, {parameter.label}", was, now))
    return said


def _numbered(parts: Sequence[Mapping[str, Any]], key: str) -> dict[tuple[str, int], Mapping[str, Any]]:
    seen: dict[str, int] = {}
    found = {}
    for part in parts:
        name = str(part.get(key, ""))
        found[(name, seen.get(name, 0))] = part
        seen[name] = seen.get(name, 0) + 1
    return found


def _label(kinds: Mapping[str, Any], name: str) -> str:
    return str(kinds[name].label) if name in kinds else name
