"""The words for what keeps a model from operation, each with the remedy."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .plans import Fault

FAULTS: dict[str, Any] = {
    "empty": gettext_lazy("The file holds no process with elements. Draw one, or choose another file."),
    "several": gettext_lazy("The file holds several processes. Keep the one that is to run here."),
    "starts": gettext_lazy("There are several beginnings. Keep one start event without a trigger."),
    "no_start": gettext_lazy("There is no beginning. Add a start event."),
    "link": gettext_lazy(
        "“%(name)s” leads to no link of the same name, or to several. Name exactly one alike."
    ),
    "dangling": gettext_lazy(
        "The flow “%(name)s” has no beginning or no end in the file. Draw it anew, or take it out."
    ),
    "no_times": gettext_lazy(
        "“%(name)s” is to be done several times and does not say how often. Say it at the step."
    ),
    "times": gettext_lazy(
        "How often “%(name)s” is done cannot be understood. Give a number, or an expression such as record.score + 1."
    ),
    "no_again": gettext_lazy(
        "“%(name)s” is done again and again for ever. Say at the step while what, or how often at most."
    ),
    "most": gettext_lazy(
        "How often “%(name)s” is done at most cannot be understood. Give a whole number from 1 to 1,000."
    ),
    "again": gettext_lazy(
        'While what “%(name)s” is done again cannot be understood. Give an expression such as event.result = "refused".'
    ),
    "until": gettext_lazy(
        "When “%(name)s” has been done often enough cannot be understood. Give an expression such as event.done >= 2."
    ),
    "not_executed": gettext_lazy(
        "“%(name)s” is of a kind that is not executed. Draw it with other elements."
    ),
    "event_sub": gettext_lazy(
        "“%(name)s” is begun by an event, and cannot be as it is drawn. Give it one start event for a message, signal,"
        " time, condition, or error that interrupts, and neither flows, nor events on its border, nor a marker."
    ),
    "no_handler": gettext_lazy(
        "“%(name)s” does not say what undoes its step. Connect it with one step for compensation beside"
        " it, by an association."
    ),
    "handler": gettext_lazy(
        "“%(name)s” is for compensation. Connect it with a compensation event on a step, and with no flow."
    ),
    "undo_what": gettext_lazy(
        "“%(name)s” is to have a step undone that cannot be. Name a step beside it that has a step for"
        " compensation, or none."
    ),
    "undo_wait": gettext_lazy(
        "“%(name)s” is not to wait until all is undone. That is not executed: let it wait for completion."
    ),
    "alone": gettext_lazy("“%(name)s” is not connected to anything. Connect or remove it."),
    "default": gettext_lazy(
        "The default of “%(name)s” is no way out of it. Choose one of its ways as the default."
    ),
    "border": gettext_lazy(
        "“%(name)s” stands on the border of no step beside it. Put it on one, or remove it."
    ),
    "same_id": gettext_lazy(
        "The id “%(name)s” is there more than once in the file: only the first of these would run. Give each its own."
    ),
    "several_events": gettext_lazy(
        "“%(name)s” is for several events at once. That is not executed: keep one of them."
    ),
    "race": gettext_lazy(
        "“%(name)s” needs at least two events to wait for. Draw another, or leave the gateway out."
    ),
    "dead_end": gettext_lazy("An instance can get stuck at “%(name)s”. Look at the gateways before it."),
    "tokens_meet": gettext_lazy(
        "Two tokens can meet at “%(name)s”, so that it happens twice. Join what was split with the same kind of gateway."
    ),
    "never_ends": gettext_lazy("An instance can go on for ever. Give the loop a way out."),
    "never_reached": gettext_lazy("“%(name)s” never happens. Connect or remove it."),
    "too_many_states": gettext_lazy(
        "The model is too entangled to be checked for dead ends. Split it into sub-processes or designs."
    ),
    "no_do": gettext_lazy(
        "“%(name)s” does nothing yet. Say what is done there, or make it a task of a person."
    ),
    "no_design": gettext_lazy("“%(name)s” calls no design yet. Choose one."),
    "no_timer": gettext_lazy("“%(name)s” does not say how long it waits. Give a length of time."),
    "no_event": gettext_lazy("“%(name)s” does not say what it waits for. Choose an event."),
    "no_condition": gettext_lazy(
        "Not every way out of “%(name)s” has a condition. Give each one, or make one of them the default."
    ),
    "no_condition_wait": gettext_lazy("“%(name)s” does not say what it waits for. Give a condition."),
}


def fault_words(fault: Fault) -> str:
    """What is wrong and what to do about it, in the reader's language."""
    found = FAULTS.get(fault.code)
    return (
        str(found) % {"name": fault.name or fault.element}
        if found
        else _("Something is wrong with the model.")
    )
