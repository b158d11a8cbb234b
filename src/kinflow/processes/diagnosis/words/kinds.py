"""What each kind of finding says: its title, what was seen, and the likely cause."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .more_kinds import MORE
from .shapes import Words

THEMES: Mapping[str, Any] = {
    "division_of_labour": _("Division of labour too fine"),
    "out_of_step": _("Departments out of step"),
    "bloat": _("Bloat"),
    "single_skilled": _("Single-skilled staff"),
    "poor_information": _("Poor internal information"),
    "beyond": pgettext_lazy("kind of finding", "Other"),
}
WORDS: Mapping[str, Words] = {
    "one_outcome": Words(
        _("%(step)s almost always says yes"),
        _(
            "%(refused)s of %(times)s were refused (%(rate)s; 95 %% interval %(low)s to %(high)s). Each waits %(wait)s on"
            " average for %(work)s of work."
        ),
        _(
            "The limit is too tight, or the decision is taken too far from the work: whoever asks knows"
            " the answer already."
        ),
    ),
    "late_refusal": Words(
        _("%(step)s refuses only after the work is done"),
        _(
            "%(refused)s of %(times)s were refused, and %(lost)s of those cases ended there. Until then"
            " %(work)s of work had"
            " been done on each; cases that pass have %(before)s of their work behind them."
        ),
        _("The check that can end a case stands at its end. What it needs to know is known much earlier."),
    ),
    "weekend": Words(
        _("What comes in from %(from)s on is not looked at"),
        _("%(cases)s cases waited %(wait)s (median, elapsed time) for the first person; others %(usual)s."),
        _("Nobody is there to see them, and those who come back find them among all others."),
        (
            ("amount", _("It hurts most where %(amount)s is high.")),
            ("well", _("%(well)s of them ended well; of the others %(well_usual)s.")),
        ),
    ),
    "pass_through": Words(
        _("%(units)s: the case only passes through"),
        _(
            "%(cases)s cases (%(share)s) were taken up here only to be passed on, and waited %(wait)s for"
            " it each. They met"
            " %(people)s people and changed hands %(hand_offs)s times on average; in the best quarter of"
            " all cases there are"
            " %(best)s people."
        ),
        _(
            "Work is cut into pieces that somebody must hand out. Whoever takes the case in could give it"
            " to whoever does it."
        ),
    ),
    "ping_pong": Words(
        _("%(unit)s and %(other)s send cases to and fro"),
        _(
            "In %(cases)s cases (%(share)s) one of them had the case again %(returns)s times on average"
            " (%(most)s at most),"
            " waiting %(wait)s for it."
        ),
        _(
            "It is not settled who is responsible for the result, or each has only half of what is needed to reach it."
        ),
    ),
    "border": Words(
        _("Cases wait between %(unit)s and %(other)s"),
        _("%(times)s hand-overs waited %(wait)s on average. Most of it (%(share)s): %(cause)s."),
        _("Each unit plans its own work; nobody plans the case."),
    ),
    "many_borders": Words(
        _("Cases wait after %(unit)s has given them away"),
        _("%(times)s hand-overs waited %(wait)s on average. Most of it (%(share)s): %(cause)s."),
        _("Each unit plans its own work; nobody plans the case."),
    ),
    "single_skilled": Words(
        _("%(step)s%(of_group)s hangs on one person"),
        _("One person did %(share)s of %(times)s. They waited %(wait)s on average; others %(usual)s."),
        _("Only one person has learned it, or is trusted with it."),
        (
            ("away", _("What came in while that person was away waited %(away)s, otherwise %(there)s.")),
            ("trainees", _("%(trainees)s people are near enough to it to be trained.")),
        ),
    ),
    "put_back": Words(
        _("%(field)s is changed by one unit and put back by another"),
        _(
            "%(times)s of %(changes)s changes after another unit's restored what had been there before,"
            " %(days)s days later"
            " (median). Mostly %(unit)s changes it, and %(other)s puts it back."
        ),
        _("Two units use one field for two things, and neither sees what the other needs it for."),
    ),
    "written_again": Words(
        _("%(field)s is asked for and written a second time"),
        _(
            "In %(cases)s cases (%(share)s) a field that was filled got another value, mostly from %(unit)s. Asking again"
            " made each case wait %(wait)s on average."
        ),
        _("What is known at the start is not entered completely, not passed on, or not trusted."),
    ),
    "reopened": Words(
        _("Cases come back after their end"),
        _("%(cases)s cases (%(share)s; 95 %% interval %(low)s to %(high)s) were opened again."),
        _("It is not made sure of before a case is closed that the customer's matter is settled."),
    ),
    "repeated": Words(
        _("%(step)s is done again after %(between)s, by somebody else"),
        _(
            "That happened in %(cases)s cases: %(share)s of those that got so far, against %(chance)s by chance."
        ),
        _("What the second person needs was missing, wrong or unknown when the first had finished."),
    ),
    "batching": Words(
        _("%(step)s is done on %(first)s and %(second)s only"),
        _(
            "%(share)s of %(times)s were begun on these days; of other work it is %(usual)s. Cases wait"
            " %(wait)s on average"
            " for %(work)s of work."
        ),
        _("Work is collected and done at a fixed time, to spare whoever does it."),
    ),
    "bottleneck": Words(
        _("Cases wait for %(step)s"),
        _(
            "%(times)s waited %(wait)s on average, more than for other steps. Most of it (%(share)s): %(cause)s."
        ),
        _("More comes to this step than whoever does it can take on at once."),
    ),
    "drift": Words(
        _("Cases wait longer and longer for %(step)s"),
        _(
            "In the later half of the time it was %(wait)s on average, in the earlier half %(usual)s."
            " Most of it (%(share)s):"
            " %(cause)s."
        ),
        _("There is more to do than before, or fewer do it."),
    ),
    "slow_group": Words(
        _("Cases are slower: %(group)s"),
        _("Half of the %(cases)s cases lasted more than %(median)s; of the others %(usual)s."),
        _("Goes along with it; whether it is the cause has to be looked at."),
    ),
    "lost_group": Words(
        _("Cases end badly more often: %(group)s"),
        _("%(share)s of %(cases)s cases ended badly; of the others %(usual)s."),
        _("Goes along with it; whether it is the cause has to be looked at."),
        (
            ("more", _("That is %(more)s lost cases a month more.")),
            ("worth", _("Had they ended well, they would have brought %(worth)s a month.")),
        ),
    ),
    "late_group": Words(
        _("Cases miss the goal more often: %(group)s"),
        _("%(share)s of %(cases)s cases took longer than the goal; of the others %(usual)s."),
        _("Goes along with it; whether it is the cause has to be looked at."),
    ),
    **MORE,
}
ON_THE_WAY: Mapping[str, Any] = {
    "slow_group": _(
        "Of the cases still open after %(after)s steps, half of the %(cases)s that had been through “%(passed)s” by then"
        " took more than %(median)s from there; of the others %(usual)s."
    ),
    "lost_group": _(
        "Of the cases still open after %(after)s steps, %(share)s of the %(cases)s that had been through “%(passed)s” by"
        " then ended badly; of the others %(usual)s."
    ),
    "late_group": _(
        "Of the cases still open after %(after)s steps, %(share)s of the %(cases)s that had been through “%(passed)s” by"
        " then took longer than the goal; of the others %(usual)s."
    ),
}
"""What was seen where the cases of a group have a step on their way in common: they are compared after so many steps."""
