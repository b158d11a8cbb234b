"""An account that went quiet is won back."""

from django.utils.translation import gettext_lazy as _

from .parts import MESSAGE, NONE, TIMER, Shipped, clock, task

WIN_BACK = Shipped(
    "win_back",
    "account",
    _("Win an account back"),
    _("Ask why they left, answer it, and ask again after a month; whatever happens first ends the waiting."),
    (
        ("start", "startEvent", _("An account went quiet"), NONE),
        ("why", "userTask", _("Ask why"), NONE),
        ("offer", "userTask", _("Answer with an offer"), NONE),
        ("first", "eventBasedGateway", _("What happens first?"), NONE),
        ("back", "intermediateCatchEvent", _("An opportunity is there"), MESSAGE),
        ("month", "intermediateCatchEvent", _("A month later"), TIMER),
        ("again", "userTask", _("Ask again"), NONE),
        ("won", "endEvent", _("Won back"), NONE),
        ("end", "endEvent", _("Asked twice"), NONE),
    ),
    (
        ("start", "why", ""),
        ("why", "offer", ""),
        ("offer", "first", ""),
        ("first", "back", ""),
        ("first", "month", ""),
        ("back", "won", ""),
        ("month", "again", ""),
        ("again", "end", ""),
    ),
    {
        "why": task("call", 2),
        "offer": task("quote", 3),
        "back": {"event": "sales.opportunity_opened"},
        "month": clock(1, "months"),
        "again": task("call", 2),
    },
)
