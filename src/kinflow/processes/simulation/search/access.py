"""Who has the best moves looked for: whoever may have what-ifs played; whoever sees processes sees what was found."""

from ..works.access import Asking
from .models import MoveSearch

SEARCHES = Asking(
    MoveSearch,
    "move_search",
    "stop_move_search",
    "resume_move_search",
    "remove_move_search",
    related=("calibration",),
)
may_search, seen_searches = SEARCHES.may_ask, SEARCHES.seen
