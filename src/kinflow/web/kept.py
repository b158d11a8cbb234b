"""Parts of the frame that are the same on many pages: drawn once for each thing that they show."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from django.utils.translation import get_language

from .context import Shell

MOST = 512
MARK_GAP, PLACE_GAP = "gap-for-the-mark", "gap-for-the-place"
"""Stand in a kept part for what differs at each request: the mark against forged requests, and the page's address."""
_kept: "OrderedDict[Hashable, str]" = OrderedDict()


def kept(part: str, shows: Hashable, draw: Callable[[], str]) -> str:
    """What `draw` draws; from memory where the part showed the same before, in the same language."""
    key = (part, get_language(), shows)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = draw()
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def _places(shell: Shell) -> Hashable:
    """The places of the rail and the pages below them."""
    return shell.sight


def _rail(shell: Shell) -> Hashable:
    return shell.sight, shell.here, shell.is_at_place


def _top(shell: Shell) -> Hashable:
    return shell.sight, shell.who, shell.theme


PARTS: dict[str, Callable[[Shell], Hashable]] = {"rail": _rail, "top": _top, "overlays": _places}
"""All that each part shows; a part must not show anything else, but by a gap."""
