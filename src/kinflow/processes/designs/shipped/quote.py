"""A quote, with approval of high discounts."""

from django.utils.translation import gettext_lazy as _

from .parts import NONE, TIMER, Shipped, came_out, clock, default, task

QUOTE = Shipped(
    "quote",
    "opportunity",
    _("Quote with approval"),
    _("A discount above 10 % is approved before the quote goes out; a week later the customer is asked."),
    (
        ("start", "startEvent", _("A quote is wanted"), NONE),
        ("write", "userTask", _("Write the quote"), NONE),
        ("high", "exclusiveGateway", _("High discount?"), default("high_send")),
        ("approve", "userTask", _("Approve the discount"), NONE),
        ("said", "exclusiveGateway", _("Approved?"), default("said_write")),
        ("send", "userTask", _("Send the quote"), NONE),
        ("week", "intermediateCatchEvent", _("A week later"), TIMER),
        ("ask", "userTask", _("Ask what they think of it"), NONE),
        ("end", "endEvent", _("The customer was asked"), NONE),
    ),
    (
        ("start", "write", ""),
        ("write", "high", ""),
        ("high", "approve", _("above 10 %")),
        ("high", "send", _("otherwise")),
        ("approve", "said", ""),
        ("said", "send", _("approved")),
        ("said", "write", _("otherwise")),
        ("send", "week", ""),
        ("week", "ask", ""),
        ("ask", "end", ""),
    ),
    {
        "write": task("quote", 2),
        "high_approve": {"condition": {"field": "discount", "op": "at_least", "value": 10}},
        "approve": task("approval", 1, assign="scoring"),
        "said_send": came_out("approved"),
        "send": task("task", 1),
        "week": clock(7, "days"),
        "ask": task("call", 1),
    },
)
