"""What people are told of, and which events tell it."""

from django.utils.translation import gettext_lazy as _

ASSIGNED, LEFT_OVER, MENTIONED, CHANGED = "assigned", "left_over", "mentioned", "changed"
MESSAGE = "message"
KINDS = [
    (ASSIGNED, _("Given to you")),
    (LEFT_OVER, _("Nobody could take it")),
    (MENTIONED, _("You were mentioned")),
    (CHANGED, _("Changed by somebody else")),
    (MESSAGE, _("Message")),
]
ICONS = {
    ASSIGNED: "user",
    LEFT_OVER: "alert",
    MENTIONED: "megaphone",
    CHANGED: "edit",
    MESSAGE: "megaphone",
}
TONES = {
    ASSIGNED: "accent",
    LEFT_OVER: "warn",
    MENTIONED: "good",
    CHANGED: "",
    MESSAGE: "accent",
}

GIVEN = "_assigned"
"""How the names of events end that give an item to its person."""

TURNS = ("_changed", "_won", "_lost", "_moved", "_qualified", "_disqualified", "_converted", "_reopened") + (
    "_cancelled",
    "_solved",
    "_closed",
    "_ignored",
)
"""How the names of events end that an item's person wants to know when somebody else did them."""
