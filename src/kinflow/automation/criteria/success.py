"""Success on similar work: the share of similar work that a person ended well, drawn towards the usual share."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, rows_by
from .outcomes import counts_by
from .shrinkage import shrunk, strength_of
from .situation import Situation

SIMILAR = (
    ("family", gettext_lazy("the same product family")),
    ("industry", gettext_lazy("the same industry")),
)


@criterion
@dataclass(frozen=True)
class Success(Criterion):
    """(ended well + m·usual) / (ended + m) over similar work; m is given, or estimated from how people differ.

    Leads end well when they are qualified, opportunities when they are won, cases when they are solved in time and
    stay solved; accounts and activities look at opportunities, e-mails at cases. The usual share is that of all.
    """

    name = "success"
    label = gettext_lazy("Success with similar work")
    help = gettext_lazy(
        "Share that ended well, drawn towards the usual share where there is little to go by."
    )
    similar: str = parameter(gettext_lazy("Similar is"), "family", choices=SIMILAR)
    years: int = parameter(gettext_lazy("Look back years"), 2, low=1, high=10)
    strength: float = parameter(gettext_lazy("Usual share counts as (0: estimated)"), 0.0, low=0, high=200)

    def _shares(self, situation: Situation, key: str) -> Matrix:
        won, n = situation.once(counts_by, self.similar, self.years)[key]
        if not n.sum():
            return np.zeros_like(n)
        strength = self.strength or strength_of(won, n)
        return shrunk(won, n, usual=won.sum() / n.sum(), strength=strength)

    def values(self, situation: Situation) -> Matrix:
        """The shrunk shares, 0 to 1."""
        known = situation.once(counts_by, self.similar, self.years)
        return rows_by(
            situation,
            lambda item: getattr(item, self.similar) if getattr(item, self.similar) in known else "",
            lambda key: self._shares(situation, key),
        )

    def words(self, situation: Situation, item: int, person: int) -> str:
        """How many of how many, and what that was shrunk to."""
        key = getattr(situation.items[item], self.similar)
        known = situation.once(counts_by, self.similar, self.years)
        if key not in known or not known[key][1].sum():
            return _("No similar work so far")
        won, n = (int(counts[person]) for counts in known[key])
        share = round(100 * float(self._shares(situation, key)[person]))
        if not n:
            return _("No similar work yet; usual are %(share)d %%") % {"share": share}
        told = {"won": won, "n": n, "share": share}
        if situation.kind in ("case", "email"):
            return _("Solved %(won)d of %(n)d similar well (shrunk to %(share)d %%)") % told
        if situation.kind == "lead":
            return _("Qualified %(won)d of %(n)d similar (shrunk to %(share)d %%)") % told
        return _("Won %(won)d of %(n)d similar (shrunk to %(share)d %%)") % told
