"""What an opportunity must be for something to be done with it: open, or closed."""

from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict

from .models import Opportunity


class AlreadyClosed(Conflict):
    """The opportunity is won or lost already, or not closed at all."""

    code = "already-closed"


def require(opportunity: Opportunity, *, is_open: bool) -> None:
    """Raise AlreadyClosed, saying what to do, unless it is open (or closed)."""
    if (opportunity.outcome == "open") != is_open:
        raise AlreadyClosed(
            _("This opportunity is “%(outcome)s”.") % {"outcome": opportunity.get_outcome_display()},
            field="/outcome",
            remedy=_("Reopen it first.") if is_open else _("It is open already."),
        )
