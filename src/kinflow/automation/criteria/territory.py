"""Territory: whether a person looks after the place where the customer is."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.place_words import place_words

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, rows_by
from .situation import Situation


def looks_after(situation: Situation, place: str) -> np.ndarray:
    """Who looks after exactly this place, as true or false a person."""
    found = situation.people.territories.get(place)
    return np.zeros(situation.shape[1], np.bool_) if found is None else found


@criterion
@dataclass(frozen=True)
class Territory(Criterion):
    """1 for who looks after the province, less for who looks after the country as a whole, else 0."""

    name = "territory"
    label = gettext_lazy("Territory")
    help = gettext_lazy("Whether the person looks after the customer's province or country.")
    country_share: float = parameter(gettext_lazy("Value of looking after the country"), 0.8, low=0, high=1)

    def values(self, situation: Situation) -> Matrix:
        """1, the country's share, or 0."""

        def row(places: tuple[str, ...]) -> Matrix:
            narrow = looks_after(situation, places[0]).astype(np.float64)
            wide = self.country_share * looks_after(situation, places[-1]) if len(places) > 1 else 0.0
            return np.maximum(narrow, wide)

        return rows_by(situation, lambda item: item.places, row)

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The place that matched."""
        places = situation.items[item].places
        if not places:
            return _("The customer's place is not known")
        for place in places:
            if looks_after(situation, place)[person]:
                return _("Territory %(place)s") % {"place": place_words(place)}
        return _("Looks after other places than %(place)s") % {"place": place_words(places[0])}
