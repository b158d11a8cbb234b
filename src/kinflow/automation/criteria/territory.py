"""Territory: whether a person looks after the customer's territory, or the place where the customer is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.place_words import place_words
from kinflow.organisation.models import Territory as Kept
from kinflow.sales.models import TerritoryRule
from kinflow.sales.territories.claims import Claim, claims_of, fresh_claims
from kinflow.sales.territories.rules import COUNTRY, reach_of

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, rows_by
from .situation import Situation


def looks_after(situation: Situation, place: str) -> np.ndarray:
    """Who looks after exactly this place, as true or false a person."""
    found = situation.people.territories.get(place)
    return np.zeros(situation.shape[1], np.bool_) if found is None else found


Claims = Mapping[int, Sequence[Claim]]


def claims_in(situation: Situation) -> Claims | None:
    """By account of the items who claims it, the strongest first; None where places alone say it.

    An account that came just now may not be kept yet: it is looked at as it is.
    """
    if not TerritoryRule.objects.exists():
        return None
    ids = {item.account_id for item in situation.items if item.account_id is not None}
    kept = claims_of(ids)
    return {**dict.fromkeys(ids, ()), **kept, **fresh_claims(ids - kept.keys())} if ids else {}


def keeps(situation: Situation, territory_id: int) -> np.ndarray:
    """Who looks after the territory, as true or false a person."""
    found = situation.people.keepers.get(territory_id)
    return np.zeros(situation.shape[1], np.bool_) if found is None else found


@criterion
@dataclass(frozen=True)
class Territory(Criterion):
    """1 for who looks after the customer's territory or province, less for the country as a whole, else 0.

    Where territories have rules, they say whose the customer is: those whose claim is weaker than another's count as
    little as those of the country.
    """

    name = "territory"
    label = gettext_lazy("Territory")
    help = gettext_lazy("Whether the person looks after the customer's territory, province or country.")
    country_share: float = parameter(gettext_lazy("Value of looking after the country"), 0.8, low=0, high=1)

    def values(self, situation: Situation) -> Matrix:
        """1, the country's share, or 0."""
        claims = situation.once(claims_in)

        def by_place(places: tuple[str, ...]) -> Matrix:
            narrow = looks_after(situation, places[0]).astype(np.float64)
            wide = self.country_share * looks_after(situation, places[-1]) if len(places) > 1 else 0.0
            return np.maximum(narrow, wide)

        def by_claims(key: tuple[bool, tuple[Claim, ...]]) -> Matrix:
            row = np.zeros(situation.shape[1])
            for claim in key[1]:
                is_best = claim.is_first or claim.is_tied
                is_near = not key[0] or reach_of(claim.strength) != COUNTRY
                share = 1.0 if is_best and is_near else self.country_share
                row = np.maximum(row, share * keeps(situation, claim.territory_id))
            return row

        if claims is None:
            return rows_by(situation, lambda item: item.places, by_place)
        placed = rows_by(
            situation, lambda item: item.places if item.account_id not in claims else (), by_place
        )
        claimed = rows_by(
            situation, lambda item: (len(item.places) > 1, tuple(claims.get(item.account_id, ()))), by_claims
        )
        return placed + claimed

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The territory or the place that matched."""
        claims, account_id = situation.once(claims_in), situation.items[item].account_id
        if claims is not None and account_id is not None and account_id in claims:
            return self._claim_words(situation, claims[account_id], person)
        places = situation.items[item].places
        if not places:
            return _("The customer's place is not known")
        for place in places:
            if looks_after(situation, place)[person]:
                return _("Territory %(place)s") % {"place": place_words(place)}
        return _("Looks after other places than %(place)s") % {"place": place_words(places[0])}

    def _claim_words(self, situation: Situation, claims: Sequence[Claim], person: int) -> str:
        names = situation.once(_names)
        for claim in claims:
            if keeps(situation, claim.territory_id)[person]:
                return _("Territory %(place)s") % {"place": names.get(claim.territory_id, "")}
        if not claims:
            return _("No territory claims the customer")
        return _("Looks after other territories than %(name)s") % {
            "name": names.get(claims[0].territory_id, "")
        }


def _names(_situation: Situation) -> dict[int, str]:
    return dict(Kept.objects.values_list("pk", "name"))
