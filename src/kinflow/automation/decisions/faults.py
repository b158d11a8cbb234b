"""What is wrong with a cell of a decision table, in words."""

from django.utils.translation import gettext as _

from .cells import LONGEST, WrongCell


def cell_fault(wrong: WrongCell) -> str:
    """What is wrong with a cell, and how to write it."""
    told = {"part": wrong.part[:60]}
    match wrong.code:
        case "number":
            return _("“%(part)s” is no number: write 10, < 10, or [5..10).") % told
        case "date":
            return _("“%(part)s” is no date: write 2026-03-01 or >= 2026-03-01.") % told
        case "yes_no":
            return _("“%(part)s” is neither yes nor no.") % told
        case "order":
            return _("Nothing lies in “%(part)s”: exchange its ends.") % told
        case "range":
            return _("“%(part)s” is no range: write [5..10], or (5..10) without its ends.") % told
        case "quotes":
            return (
                _("Write “%(part)s” in straight quotes if it is a text; texts have no larger and smaller.")
                % told
            )
        case "long":
            return _("This cell is too long: at most %(most)d characters.") % {"most": LONGEST}
    return _("Something is missing between two commas.")
