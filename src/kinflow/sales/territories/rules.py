"""What a territory claims, how strongly, and what a rule may be: no look at the customers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import EVERYTHING, Condition, ConditionError, Has, Test, parse, to_json
from kinflow.conditions.boundaries import depends_on_time
from kinflow.conditions.dependence import nodes_of
from kinflow.conditions.tree import Me, MyUnit
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.skills.actions import one_form
from kinflow.organisation.skills.rules import is_place
from kinflow.records.faces import VOCABULARY

from .models import USUAL_RANK

HIGHEST_RANK, LOWEST_RANK = 1, 9
MOST_NAMED = 2_000
NAMED = 0
PART, COUNTRY, ANYWHERE = 0, 1, 2
"""By what a place matched: a part of a country, the country as a whole, no place asked."""
MAY_NOT_ASK = ("territory", "claimed_by", "territory_state", "segments")
"""Fields that follow from territories, or may do so."""


@dataclass(frozen=True)
class Rule:
    """What one territory claims: accounts at its places for which the condition holds, and accounts by name.

    Without places and without a condition it claims the named ones only. `fault` says why the condition cannot be asked,
    `unread` is that condition as it was kept.
    """

    territory_id: int
    places: tuple[str, ...] = ()
    condition: Condition = EVERYTHING
    rank: int = USUAL_RANK
    named: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    fault: str = ""
    unread: Any = None

    @property
    def is_open(self) -> bool:
        """Whether it claims more than the named accounts."""
        return not self.fault and bool(self.places or self.condition != EVERYTHING)

    @property
    def is_plain(self) -> bool:
        """Whether it claims all accounts of its places, whatever they are."""
        return self.condition == EVERYTHING

    def reach(self, places: tuple[str, ...]) -> int | None:
        """By what a place as `places_of` gives it matches; None where it does not."""
        if not self.places:
            return ANYWHERE
        if not places:
            return None
        if "-" in places[0] and places[0] in self.places:
            return PART
        return COUNTRY if places[-1] in self.places else None

    def strength(self, reach: int) -> int:
        """How strong a claim is; the smaller, the stronger: by rank, then the narrower place, then with a condition."""
        return self.rank * 10 + reach * 2 + (self.condition == EVERYTHING)

    def kept(self) -> dict[str, Any]:
        """The rule as plans keep it."""
        return {
            "places": list(self.places),
            "condition": self.unread if self.fault else to_json(self.condition),
            "rank": self.rank,
            "named": list(self.named),
            "left_out": list(self.left_out),
        }


def reach_of(strength: int) -> int:
    """By what the place of a claim of this strength matched; named accounts are as near as a part of a country."""
    return PART if strength == NAMED else strength % 10 // 2


def rule_of(territory_id: int, kept: Mapping[str, Any]) -> Rule:
    """A rule that was kept; a condition over fields that are gone is a fault of the rule, not of who reads it."""
    condition: Condition = EVERYTHING
    fault = ""
    try:
        condition = parse(kept.get("condition") or {}, "account", VOCABULARY)
    except ConditionError as refused:
        fault = str(refused)
    return Rule(
        territory_id,
        tuple(kept.get("places", ())),
        condition,
        kept.get("rank", USUAL_RANK),
        tuple(kept.get("named", ())),
        tuple(kept.get("left_out", ())),
        fault,
        kept.get("condition") if fault else None,
    )


def read_rule(territory_id: int, raw: Mapping[str, Any]) -> Rule:
    """A rule as somebody wants it. Raises Invalid naming each value that is wrong; ConditionError."""
    places = one_form(raw.get("places", ()))
    errors = [
        FieldError(f"/places/{at}", _("“%(place)s” is no place such as CN or CN-ZJ.") % {"place": place[:20]})
        for at, place in enumerate(places)
        if not is_place(place)
    ]
    rank = raw.get("rank", USUAL_RANK)
    if not isinstance(rank, int) or not HIGHEST_RANK <= rank <= LOWEST_RANK:
        errors.append(FieldError("/rank", _("Choose a rank from 1 (goes first) to 9.")))
    named, left_out = _ids(raw, "named", errors), _ids(raw, "left_out", errors)
    if set(named) & set(left_out):
        errors.append(FieldError("/left_out", _("An account is named and left out at once.")))
    condition = parse(raw.get("condition") or {}, "account", VOCABULARY)
    errors += _faults(condition)
    if errors:
        raise Invalid(errors=errors)
    return Rule(territory_id, tuple(places), condition, rank, named, left_out)


def _ids(raw: Mapping[str, Any], name: str, errors: list[FieldError]) -> tuple[int, ...]:
    ids = tuple(dict.fromkeys(raw.get(name, ())))
    if len(ids) > MOST_NAMED:
        told = _("At most %(most)d accounts; use a condition for more.") % {"most": MOST_NAMED}
        errors.append(FieldError(f"/{name}", told))
    return tuple(sorted(ids))


def _faults(condition: Condition) -> list[FieldError]:
    """What a territory must not depend on: who asks, the passing of time, and itself."""
    told = []
    if depends_on_time(condition):
        told.append(_("A territory does not change by the passing of time; name a fixed day."))
    if any(isinstance(v, Me | MyUnit) for node in nodes_of(condition) for v in _values(node)):
        told.append(_("A territory is the same for everybody; name the person or the unit."))
    if any(name in MAY_NOT_ASK for _kind, name in asked(condition)):
        told.append(_("A territory cannot depend on territories or segments; ask for the facts behind them."))
    return [FieldError("/condition", text) for text in told]


def _values(node: Condition) -> Collection[Any]:
    if not isinstance(node, Test):
        return ()
    return node.value if isinstance(node.value, tuple) else (node.value,)


def asked(condition: Condition) -> set[tuple[str, str]]:
    """Every record type and field that the condition looks at, on the way too."""
    return {
        (step.type_name, step.field.name)
        for node in nodes_of(condition)
        if isinstance(node, Test | Has)
        for step in node.steps
    }
