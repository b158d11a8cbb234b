"""A repair: the customer agrees to its price first, and it is handed over when it passed its test."""

from django.utils.translation import gettext_lazy as _

from .parts import NONE, Shipped, came_out, default, task

REPAIR = Shipped(
    "repair",
    "case",
    _("Repair"),
    _("The customer agrees to the price first; the device is handed over when it passed its test."),
    (
        ("start", "startEvent", _("A device is to be repaired"), NONE),
        ("find", "userTask", _("Find the fault"), NONE),
        ("price", "userTask", _("Tell the price"), NONE),
        ("ask", "userTask", _("Ask whether they agree"), NONE),
        ("agreed", "exclusiveGateway", _("Agreed?"), default("agreed_back")),
        ("back", "userTask", _("Give the device back"), NONE),
        ("unrepaired", "endEvent", _("Not repaired"), NONE),
        ("repair", "userTask", _("Order parts and repair it"), NONE),
        ("test", "userTask", _("Test the device"), NONE),
        ("works", "exclusiveGateway", _("Passed?"), default("works_repair")),
        ("both", "parallelGateway", "", NONE),
        ("hand", "userTask", _("Hand the device over"), NONE),
        ("bill", "userTask", _("Send the bill"), NONE),
        ("joined", "parallelGateway", "", NONE),
        ("end", "endEvent", _("Repaired"), NONE),
    ),
    (
        ("start", "find", ""),
        ("find", "price", ""),
        ("price", "ask", ""),
        ("ask", "agreed", ""),
        ("agreed", "repair", _("yes")),
        ("agreed", "back", _("no")),
        ("back", "unrepaired", ""),
        ("repair", "test", ""),
        ("test", "works", ""),
        ("works", "both", _("yes")),
        ("works", "repair", _("no")),
        ("both", "hand", ""),
        ("both", "bill", ""),
        ("hand", "joined", ""),
        ("bill", "joined", ""),
        ("joined", "end", ""),
    ),
    {
        "find": task("visit", 2),
        "price": task("quote", 1),
        "ask": task("call", 3),
        "agreed_repair": came_out("approved"),
        "back": task("visit", 2),
        "repair": task("task", 5),
        "test": task("task", 1, assign="scoring"),
        "works_both": came_out("done", "approved"),
        "hand": task("visit", 2),
        "bill": task("task", 2),
    },
)
