"""What the signs of the function table mean, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
