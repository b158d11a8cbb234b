"""The principles and their evidence in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from ...studio.spans import count, share
from .said import COLLECTED, INSIDE, ONCE, OUTCOMES, PARALLEL, SCATTERED, TOGETHER, Evidence

LABELS: Mapping[str, Any] = {
    OUTCOMES: gettext_lazy("Organised around outcomes"),
    COLLECTED: gettext_lazy("Information processed where it is collected"),
    SCATTERED: gettext_lazy("Scattered resources treated as one"),
    PARALLEL: gettext_lazy("Parallel work linked"),
    TOGETHER: gettext_lazy("Doing, checking and deciding together"),
    ONCE: gettext_lazy("Captured once at the source"),
    INSIDE: gettext_lazy("Customers and suppliers inside the process"),
}
MEANINGS: Mapping[str, Any] = {
    OUTCOMES: gettext_lazy("One person carries a case to its outcome, instead of one task of many."),
    COLLECTED: gettext_lazy("Whoever takes information in works with it, instead of passing it on."),
    SCATTERED: gettext_lazy("People in different places are one pool for the work."),
    PARALLEL: gettext_lazy("What runs side by side is coordinated on the way, not joined at the end."),
    TOGETHER: gettext_lazy("Whoever does the work decides, and the control is built into the process."),
    ONCE: gettext_lazy("Everything is asked and written once, where it comes up."),
    INSIDE: gettext_lazy("Customers and suppliers do and see their part of the process themselves."),
}
REMEDIES: Mapping[str, Any] = {
    OUTCOMES: gettext_lazy(
        "Give steps that follow each other to one case manager, or make one step of them."
    ),
    COLLECTED: gettext_lazy(
        "Let whoever takes it in go on with it: make one step of taking in and the next."
    ),
    SCATTERED: gettext_lazy("Have the scoring find who does it among all, and train people for the step."),
    PARALLEL: gettext_lazy("Let one branch wait for an event of the other, and join branches early."),
    TOGETHER: gettext_lazy(
        "Let whoever does the work decide within a policy; check only what lies outside it."
    ),
    ONCE: gettext_lazy("Write the field at its source only, and let later steps read it."),
    INSIDE: gettext_lazy("Let the customer start or answer a step by message, form or portal."),
}
VERDICTS: Mapping[str, Any] = {
    "kept": pgettext_lazy("principle", "Kept"),
    "partly": pgettext_lazy("principle", "Partly kept"),
    "not_kept": pgettext_lazy("principle", "Not kept"),
    "unknown": pgettext_lazy("principle", "Cannot tell"),
}
_NONE = {
    "no_outcomes": gettext_lazy(
        "No case only passes through, goes to and fro, or waits at a border of units."
    ),
    "no_collected": gettext_lazy("Nothing is missing at hand-overs, and nothing is done again after them."),
    "no_scattered": gettext_lazy(
        "Nobody has a queue while others are free, and no step hangs on one person."
    ),
    "no_together": gettext_lazy("No check always says yes, and no decision is taken far from the work."),
    "no_once": gettext_lazy("No field is written a second time or put back, and no customer is asked again."),
}


def evidence_words(evidence: Evidence) -> str:
    """The sentence of an evidence; of a finding there is none, it has its own."""
    facts, code = evidence.facts, evidence.code
    if code in _NONE:
        told = {"what": _NONE[code], "cases": count(facts["cases"])}
        return _("%(what)s That was tested in %(cases)s cases.") % told
    if code in _FIGURES:
        return str(_FIGURES[code]) % _shown(facts)
    return str(_COUNTED[code] % dict(facts)) if code in _COUNTED else ""


def _shown(facts: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name, value in facts.items():
        if name == "share":
            found[name] = share(value)
        elif isinstance(value, float):
            found[name] = f"{value:.1f}"
        elif isinstance(value, tuple):
            found[name] = _(", ").join(value)
        else:
            found[name] = count(value) if isinstance(value, int) else str(value)
    return found


_FIGURES: Mapping[str, Any] = {
    "one_hand": gettext_lazy("No step of a person follows one in another hand (steps of people: %(steps)s)."),
    "handed": gettext_lazy(
        "Of %(pairs)s places where a step of a person follows another, %(handed)s change hands."
    ),
    "nothing_parallel": gettext_lazy("Nothing runs side by side in the model, so there is nothing to link."),
    "never_meets": gettext_lazy(
        "Branches of %(longest)s and %(other)s steps run side by side and never meet."
    ),
    "linked": gettext_lazy(
        "Branches of %(longest)s and %(other)s steps run side by side, and one hears of the other."
    ),
    "meets_late": gettext_lazy(
        "Branches of %(longest)s and %(other)s steps run side by side, and meet only at their ends."
    ),
    "meets_soon": gettext_lazy("One step each runs side by side, and then they meet."),
    "written_twice": gettext_lazy("The program writes at several places: %(fields)s."),
    "participants": gettext_lazy("Outside parties are drawn as part of the process: %(names)s."),
    "hands": gettext_lazy(
        "A case meets %(people)s people on average, and goes from unit to unit %(hand_overs)s times (%(cases)s cases)."
    ),
    "entered": gettext_lazy(
        "Facts of the records are entered by several departments (%(units)s with 5 %% or more); %(most)s enters the"
        " most, %(share)s of %(times)s."
    ),
    "told_outside": gettext_lazy(
        "%(share)s of %(entries)s entries about these records came from customers, suppliers or their systems."
    ),
}


_COUNTED: Mapping[str, Any] = {
    "handed_on": ngettext_lazy(
        "%(count)s step takes in what comes from outside and only gives it to another hand.",
        "%(count)s steps take in what comes from outside and only give it to another hand.",
        "count",
    ),
    "worked_on": ngettext_lazy(
        "%(count)s step takes in what comes from outside, and the same hand goes on with it or is done.",
        "%(count)s steps take in what comes from outside, and the same hand goes on with it or is done.",
        "count",
    ),
    "pooled": ngettext_lazy(
        "For %(count)s of %(steps)s steps of people the scoring finds who does it among all.",
        "For %(count)s of %(steps)s steps of people the scoring finds who does it among all.",
        "count",
    ),
    "twins": ngettext_lazy(
        "%(count)s step is drawn in several lanes, each with people of its own.",
        "%(count)s steps are drawn in several lanes, each with people of its own.",
        "count",
    ),
    "checked_by_others": ngettext_lazy(
        "%(count)s of %(steps)s steps of people is a check in another hand than the work before it.",
        "%(count)s of %(steps)s steps of people are checks in another hand than the work before them.",
        "count",
    ),
    "checked_together": ngettext_lazy(
        "%(count)s check is in the hand that does the work.",
        "%(count)s checks are in the hand that does the work.",
        "count",
    ),
    "no_checks": ngettext_lazy(
        "The step of a person is no separate check.",
        "None of the %(steps)s steps of people is a separate check.",
        "steps",
    ),
    "ruled": ngettext_lazy(
        "At %(count)s place a condition decides at once how to go on.",
        "At %(count)s places a condition decides at once how to go on.",
        "count",
    ),
    "done_twice": ngettext_lazy(
        "%(count)s step of a person stands at several places under the same name.",
        "%(count)s steps of people stand at several places under the same name.",
        "count",
    ),
    "written_once": ngettext_lazy(
        "The program writes %(count)s field, at one place.",
        "The program writes %(count)s fields, each at one place.",
        "count",
    ),
    "heard": ngettext_lazy(
        "At %(count)s place the process waits for what others tell it.",
        "At %(count)s places the process waits for what others tell it.",
        "count",
    ),
    "spoken_to": ngettext_lazy(
        "In %(count)s step somebody is called or visited; they do nothing in the process themselves.",
        "In %(count)s steps somebody is called or visited; they do nothing in the process themselves.",
        "count",
    ),
    "nobody_outside": ngettext_lazy(
        "In the only step nobody outside takes part.",
        "In none of the %(steps)s steps does anybody outside take part.",
        "steps",
    ),
}
