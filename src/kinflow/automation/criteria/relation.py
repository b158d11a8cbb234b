"""Earlier relation: whoever knows this account or contact already."""

from dataclasses import dataclass
from math import log1p

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion
from .situation import Situation
from .ties import Tie, load_ties

MANY = 20
"""So many activities with a customer are as good as owning it once was."""


def strength(tie: Tie) -> float:
    """How close a person is to a customer, 0…1.

    Owning it is 1, a won order 0.9, having owned it 0.7; activities grow like their logarithm up to 0.7 at twenty.
    The strongest counts.
    """
    worked = 0.7 * min(1.0, log1p(tie.activities) / log1p(MANY))
    return max(1.0 if tie.owns else 0.0, 0.9 if tie.won else 0.0, 0.7 if tie.owned else 0.0, worked)


@criterion
@dataclass(frozen=True)
class Relation(Criterion):
    """The closest tie to the item's account or contact: owner, won orders, owner before, activities together."""

    name = "relation"
    label = gettext_lazy("Knows the customer")
    help = gettext_lazy("Owner now or before, won orders and activities with this account or contact.")
    years: int = parameter(gettext_lazy("Look back years"), 3, low=1, high=10)

    def _closest(self, situation: Situation, item: int, person_id: int) -> Tie | None:
        ties = situation.once(load_ties, self.years)
        wanted = situation.items[item]
        both = (("account", wanted.account_id), ("contact", wanted.contact_id))
        found = [ties[(k, i, person_id)] for k, i in both if i and (k, i, person_id) in ties]
        return max(found, key=strength, default=None)

    def values(self, situation: Situation) -> Matrix:
        """The strength of the closest tie."""
        out = np.zeros(situation.shape)
        rows: dict[tuple[str, int], list[int]] = {}
        for i, item in enumerate(situation.items):
            for kind, customer in (("account", item.account_id), ("contact", item.contact_id)):
                if customer:
                    rows.setdefault((kind, customer), []).append(i)
        for (kind, customer, person_id), tie in situation.once(load_ties, self.years).items():
            column = situation.people.index.get(person_id)
            if column is not None and (kind, customer) in rows:
                where = rows[(kind, customer)]
                out[where, column] = np.maximum(out[where, column], strength(tie))
        return out

    def words(self, situation: Situation, item: int, person: int) -> str:
        """What ties them, and since when."""
        tie = self._closest(situation, item, int(situation.people.ids[person]))
        if tie is None:
            return _("Does not know this customer yet")
        since = {"year": tie.since.year if tie.since else situation.now.year}
        if tie.owns:
            return _("Looks after this customer since %(year)d") % since
        if tie.won:
            told = {"n": tie.won}
            return (
                ngettext("Won %(n)d order of this customer", "Won %(n)d orders of this customer", tie.won)
                % told
            )
        if tie.owned:
            return _("Looked after this customer in %(year)d") % since
        told = {"n": tie.activities, **since}
        return (
            ngettext(
                "Knows this customer since %(year)d (%(n)d activity)",
                "Knows this customer since %(year)d (%(n)d activities)",
                tie.activities,
            )
            % told
        )
