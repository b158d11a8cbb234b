"""A campaign: an invitation, a call where nothing comes of it, once more after a month, then peace."""

from django.utils.translation import gettext_lazy as _

from .parts import MESSAGE, NONE, TIMER, Shipped, came_out, clock, default, task

CAMPAIGN = Shipped(
    "campaign",
    "account",
    _("Campaign"),
    _(
        "An invitation, a call a week later where nothing comes of it, one more letter after a month, then peace."
    ),
    (
        ("start", "startEvent", _("The account is in the campaign"), NONE),
        ("invite", "userTask", _("Send the invitation"), NONE),
        ("first", "eventBasedGateway", _("What happens first?"), NONE),
        ("there", "intermediateCatchEvent", _("An opportunity is there"), MESSAGE),
        ("won", "endEvent", _("An opportunity came of it"), NONE),
        ("week", "intermediateCatchEvent", _("A week later"), TIMER),
        ("call", "userTask", _("Call and ask"), NONE),
        ("keen", "exclusiveGateway", _("Interested?"), default("keen_month")),
        ("meet", "userTask", _("Meet them"), NONE),
        ("met", "endEvent", _("They were met"), NONE),
        ("month", "intermediateCatchEvent", _("A month later"), TIMER),
        ("again", "userTask", _("Write once more"), NONE),
        ("end", "endEvent", _("Left in peace"), NONE),
    ),
    (
        ("start", "invite", ""),
        ("invite", "first", ""),
        ("first", "there", ""),
        ("there", "won", ""),
        ("first", "week", ""),
        ("week", "call", ""),
        ("call", "keen", ""),
        ("keen", "meet", _("yes")),
        ("meet", "met", ""),
        ("keen", "month", _("otherwise")),
        ("month", "again", ""),
        ("again", "end", ""),
    ),
    {
        "invite": task("task", 2),
        "there": {"event": "sales.opportunity_opened"},
        "week": clock(7),
        "call": task("call", 2),
        "keen_meet": came_out("approved"),
        "meet": task("meeting", 5),
        "month": clock(1, "months"),
        "again": task("task", 2),
    },
)
