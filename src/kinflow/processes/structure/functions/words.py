"""What the signs of the function table mean, and what a cell says, in signs and in words."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from ...studio.spans import share
from .grouping import Group
from .matrix import Cell, Function

SIGNS = {"decides": "◆", "does": "●", "asked": "?", "told": "○"}
"""In the order in which a cell has them."""
WORDS = {
    "decides": pgettext_lazy("sign of the function table", "decides"),
    "does": pgettext_lazy("sign of the function table", "does"),
    "asked": pgettext_lazy("sign of the function table", "is asked"),
    "told": pgettext_lazy("sign of the function table", "is told"),
}
MEANINGS = {
    "decides": _("does a step that decides: its results mean yes or no, or it ends cases well or badly"),
    "does": _("its people did the step, by the log"),
    "asked": _("did the work that others had asked for in the step, or was called by name in it"),
    "told": _("the case went on with it after others had done the step, or a notice told of it"),
}


def teller() -> Callable[[Cell, Function, Group], str]:
    """What says in words what a cell holds."""
    words = {sign: str(word) for sign, word in WORDS.items()}
    title = pgettext("cell of the function table", "%(group)s: %(told)s")

    def say(cell: Cell, function: Function, group: Group) -> str:
        parts = (f"{words[sign]} {share(times / function.times)}" for sign, times in signs_of(cell).items())
        return title % {"group": group.name, "told": pgettext("between values", ", ").join(parts)}

    return say


def signs_in(cell: Cell) -> str:
    """The signs of a cell."""
    return "".join(SIGNS[sign] for sign in signs_of(cell))


def signs_of(cell: Cell) -> dict[str, int]:
    """What a cell says, with how often: who decides does, too; who is asked is told."""
    found = {"decides": cell.decides, "does": cell.does, "asked": cell.asked, "told": cell.told}
    if cell.decides:
        del found["does"]
    if cell.asked:
        del found["told"]
    return {sign: times for sign, times in found.items() if times}
