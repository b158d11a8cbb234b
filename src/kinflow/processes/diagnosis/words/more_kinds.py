"""What those kinds of findings say that look at load, at the chart, at steps by themselves, and at what the best do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from .shapes import Words

_WITH_IT = _("Goes along with it; whether it is the cause has to be looked at.")
MORE: Mapping[str, Words] = {
    "uneven_load": Words(
        _("%(step)s: some people of %(unit)s have a queue while others are free"),
        _(
            "%(people)s people of the unit do it. With the longest queue a case waits %(longest)s on average,"
            " with the shortest %(shortest)s. During %(share)s of all this waiting one of them had nothing to do"
            " that the log knows of."
        ),
        _("Work is given out without regard to who has time for it, or stays with whoever got it first."),
    ),
    "overload": Words(
        _("%(unit)s has more work than its people's hours hold"),
        _(
            "In %(weeks)s of %(of_weeks)s weeks the work in hand filled at least 85 %% of the working hours of"
            " those who were there. What came in then waited %(wait)s on average, otherwise %(usual)s."
        ),
        _("There are too few people for these weeks, or their work cannot be put off or given to others."),
    ),
    "far_decision": Words(
        _("%(step)s is decided far from the work"),
        _(
            "%(times)s decisions (%(share)s) were taken %(lines)s lines of the chart away from who had the case,"
            " and waited %(wait)s on average."
        ),
        _(
            "Who does the work may not decide, so the case travels to somebody who has to learn first what it is"
            " about."
        ),
    ),
    "narrow_spans": Words(
        _("Cases go up through layers in which few are led"),
        _(
            "%(narrow)s of %(leads)s leads lead three people or fewer (on average %(span)s). %(of_people)s people"
            " stand on %(layers)s layers; with eight for each lead %(least)s would do. %(times)s steps of this"
            " process went up to such a lead and waited %(wait)s on average."
        ),
        _("Every layer adds a desk at which cases lie."),
    ),
    "no_change": Words(
        _("%(step)s changes nothing that the log shows"),
        _(
            "After %(between)s it was done in %(cases)s cases and left out in %(left_out)s. With it %(same)s went"
            " on with the same next step, without it %(same_usual)s. Each waits %(wait)s on average for %(work)s"
            " of work. What was said or learned in it the log cannot tell."
        ),
        _("It is done because it was always done, or for a case that has become rare."),
        (
            ("well", _("With it %(well)s ended well, without it %(well_usual)s.")),
            ("changed", _("A field was changed in %(changed)s of them.")),
        ),
    ),
    "one_hand": Words(
        _("%(step)s and %(between)s could be in one hand"),
        _(
            "In %(cases)s cases two people did them one after the other, and the second step waited %(wait)s on"
            " average; in %(same)s cases one person did both, and it waited %(usual)s. In %(share)s of the"
            " hand-overs one of the two has done both steps in other cases."
        ),
        _("The steps are cut along posts, not along what the work needs."),
        (("worse", _("%(worse)s turned out badly in one hand, %(worse_usual)s in two.")),),
    ),
    "missing": Words(
        _("%(field)s is missing when the case is handed over"),
        _(
            "In %(cases)s of the cases that went from unit to unit (%(share)s) the next unit had to fill it,"
            " mostly %(unit)s; %(known)s of all cases had it from the start."
        ),
        _("Who takes the case in does not need it, and does not know that others do."),
    ),
    "asked_again": Words(
        _("Customers are asked again by somebody else"),
        _(
            "%(cases)s of %(times)s cases that waited for the customer (%(share)s; 95 %% interval %(low)s to"
            " %(high)s) waited once more because of another person, %(wait)s on average."
        ),
        _("Everybody asks what they need themselves; nobody asks for all of it."),
    ),
    "late_step": Words(
        _("Cases that miss the goal lose their time at %(step)s"),
        _(
            "%(cases)s late cases waited %(wait)s for it on average; cases in time %(usual)s (median). It stands"
            " for %(lost)s of all the time that late cases lost. Most of the wait (%(share)s): %(cause)s."
        ),
        _("Whether the goal is kept is decided here; whoever waits here is late whatever follows."),
    ),
    "best_way": Words(
        _("Where cases turn out best, %(step)s is done early more often"),
        _(
            "The best quarter of people do it within the first five steps of %(share)s of their cases, the rest"
            " of %(usual)s."
        ),
        _WITH_IT,
        (
            ("well", _("%(well)s of the cases of the best end well, of the rest's %(well_usual)s.")),
            (
                "well_with",
                _(
                    "In the hands of the rest %(well_with)s end well with it, and %(well_without)s without it."
                ),
            ),
            ("lasts", _("Cases of the best last %(lasts)s, those of the rest %(lasts_usual)s (median).")),
            (
                "lasts_with",
                _(
                    "In the hands of the rest they last %(lasts_with)s with it and %(lasts_without)s without it."
                ),
            ),
        ),
    ),
    "best_soon": Words(
        _("Where cases turn out best, they are taken up within twelve hours"),
        _("The best quarter of people take up %(share)s of their cases so soon, the rest %(usual)s."),
        _WITH_IT,
        (
            ("well", _("%(well)s of the cases of the best end well, of the rest's %(well_usual)s.")),
            (
                "well_with",
                _(
                    "In the hands of the rest %(well_with)s end well if taken up soon and %(well_without)s otherwise."
                ),
            ),
            ("lasts", _("Cases of the best last %(lasts)s, those of the rest %(lasts_usual)s (median).")),
            (
                "lasts_with",
                _(
                    "In the hands of the rest they last %(lasts_with)s if taken up soon and %(lasts_without)s otherwise."
                ),
            ),
        ),
    ),
}
