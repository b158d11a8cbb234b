"""What deviations are called."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from .deviations import Kind

KINDS: dict[Kind, Promise] = {
    Kind.SKIPPED: pgettext_lazy("deviation", "Skipped"),
    Kind.EXTRA: pgettext_lazy("deviation", "Done extra"),
    Kind.MISPLACED: pgettext_lazy("deviation", "At the wrong place"),
}
