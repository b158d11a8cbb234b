"""The tables of a calibration: steps, delays, kinds of cases, people, figures and distances."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kinflow.organisation.models import Person

from ...definitions.models import Process
from ...studio.attribute_words import attribute_named, value_named
from ...studio.spans import count, share, span
from ...studio.subject import Subject
from .kinds import OTHER
from .models import Calibration
from .showing import DISTANCES, FIGURES, HOW, SHAPES, SHARES

Facts = Mapping[str, Any]
Labels = Mapping[str, str]
SHOWN = 40


def about_of(facts: Facts) -> list[str]:
    """How the calibration was made, in sentences."""
    begins, until = (
        date_format(datetime.fromtimestamp(facts[name] / 1e6, UTC), "DATE_FORMAT")
        for name in ("begins", "until")
    )
    cases = ngettext("%(count)s case", "%(count)s cases", facts["cases"]) % {"count": count(facts["cases"])}
    told = [
        _("Made of %(cases)s from the week of %(begins)s to %(until)s, local time.")
        % {"cases": cases, "begins": begins, "until": until}
    ]
    hows = {each["how"] for each in facts["steps"]}
    if "estimated" in hows:
        told.append(
            _(
                "The log knows only when steps end, not when they begin. Work times are estimated: what somebody"
                " finished within an hour after their last work was begun then, or when the case came. That is at most"
                " an hour and an upper bound; the rest counts as waiting."
            )
        )
    if "unknown" in hows and not facts["people"]:
        told.append(
            _(
                "The log knows neither when steps begin nor who does them. All time between steps counts as delay; what"
                " more or fewer people would change cannot be told."
            )
        )
    elif not facts["people"]:
        told.append(_("The log does not know who does the work; nobody is waited for in the model."))
    if facts.get("overtime"):
        told.append(
            _(
                "Work that is begun when hours end and needs no more than %(time)s is finished then, as in the log; other"
                " work goes on the next time."
            )
            % {"time": span(facts["overtime"])}
        )
    told += _structure_told(facts["structure"])
    if facts["closed"]:
        told.append(
            ngettext(
                "On %(count)s working day nobody worked: a holiday.",
                "On %(count)s working days nobody worked: holidays.",
                facts["closed"],
            )
            % {"count": facts["closed"]}
        )
    return told


def _structure_told(structure: Facts) -> list[str]:
    """What sort of model was chosen, and why."""
    told = []
    off = structure["off"]
    if None not in off.values():
        errors = {f"{side}_people": span(off[side] * 3600) for side in ("with", "without")}
        sentence = (
            _(
                "In the model work waits for people and their hours. Tried out within the earlier part of the log, such"
                " a model was off by %(with_people)s of cycle time, one in which time merely passes by"
                " %(without_people)s: not clearly less."
            )
            if structure["people"]
            else _(
                "In the model all time between steps passes as it did, whoever had the work. Tried out within the"
                " earlier part of the log, such a model was off by %(without_people)s of cycle time, one in which work"
                " waits for people and their hours by %(with_people)s. What more or fewer people would change cannot"
                " be told."
            )
        )
        told.append(sentence % errors)
    if structure.get("whole"):
        told.append(
            _(
                "Each simulated case goes the way of one past case and takes its times, so that what hangs together in a"
                " case stays so. Where a move leads a case elsewhere, it goes on as others did."
            )
        )
    if structure.get("timed"):
        told.append(
            _(
                "How long cases take hangs on when in the week they come: each goes the way of one that came at about the"
                " same time of the week."
            )
        )
    if structure.get("fading"):
        told.append(_fading_told(structure))
    return told


def _fading_told(structure: Facts) -> str:
    """How much less older cases tell, and why."""
    told = {name: span(structure[name] * 3600) for name in ("faded", "alike")}
    return _(
        "Older cases count less: each half as much as one that came %(share)s of all cases later. Tried out within the"
        " earlier part of the log, the model was so off by %(faded)s of cycle time; with all cases alike it was off by"
        " %(alike)s."
    ) % {"share": share(structure["fading"]), **told}


def steps_told(facts: Facts, labels: Labels, called: Labels) -> list[dict[str, Any]]:
    """Work times by step; `called` are the names of the roles."""
    return [
        {
            "name": labels[each["activity"]],
            "role": called.get(each["role"], ""),
            "count": count(each["count"]),
            "mean": span(each["mean"]),
            "interval": f"{span(each['low'])} – {span(each['high'])}" if each["high"] else "–",  # noqa: RUF001
            "tenth": span(each["tenth"]),
            "median": span(each["median"]),
            "ninth": span(each["ninth"]),
            "shape": SHAPES[each["shape"]],
            "how": HOW[each["how"]],
        }
        for each in facts["steps"][:SHOWN]
    ]


def waits_told(subject: Subject, facts: Facts, labels: Labels) -> list[dict[str, Any]]:
    """Delays by move."""
    return [
        {
            "source": labels[each["source"]],
            "target": labels[each["target"]],
            "kind": "" if each["kind"] is None else _kind(subject, facts, each["kind"]),
            "count": count(each["count"]),
            "mean": span(each["mean"]),
            "median": span(each["median"]),
            "ninth": span(each["ninth"]),
            "clock": _("hours of work") if each["is_open"] else _("all hours"),
        }
        for each in facts["waits"][:SHOWN]
    ]


def _kind(subject: Subject, facts: Facts, value: str) -> str:
    if value == OTHER:
        return _("other")
    return value_named(subject.process.case_kind, facts["kinds"]["attribute"], value)


def kinds_told(subject: Subject, facts: Facts) -> dict[str, Any]:
    """By which attribute cases go other ways, and how frequent each of its values is."""
    attribute = facts["kinds"]["attribute"]
    if not attribute:
        return {}
    return {
        "attribute": attribute_named(subject.process.case_kind, attribute),
        "shares": [(_kind(subject, facts, name), share(part)) for name, part in facts["kinds"]["shares"]],
    }


def people_told(subject: Subject, facts: Facts, labels: Labels) -> list[dict[str, Any]]:
    """People by what they do and when they work; for who may see single people only."""
    names = people_named(subject.process, [each["name"] for each in facts["people"]])
    return [
        {
            "name": names.get(each["name"], each["name"]),
            "roles": pgettext("between values", ", ").join(labels.get(role, role) for role in each["roles"]),
            "pieces": count(each["pieces"]),
            "hours": f"{each['hours']:.0f}",
            "at_once": each["at_once"],
            "factor": f"{100 * each['factor']:.0f} %",
            "away": f"{each['away_days']:.0f}",
        }
        for each in facts["people"]
    ]


def people_named(process: Process, staff: Iterable[str]) -> dict[str, str]:
    """The names of people of our own by how the scenario calls them; those of imported logs are called so already."""
    ids = [int(each) for each in staff if each.isdecimal()] if process.case_kind else []
    return {str(row.pk): row.name for row in Person.objects.filter(pk__among=ids)} if ids else {}


def figures_told(row: Calibration) -> list[dict[str, str]]:
    """Real and simulated figures of the later part."""
    found = row.holdout["figures"]
    return [
        {"label": str(label), "real": _figure(key, found[key][0]), "simulated": _figure(key, found[key][1])}
        for key, label in FIGURES.items()
        if key in found
    ]


def _figure(key: str, value: float) -> str:
    if key.endswith("_hours"):
        return span(value * 3600)
    return count(round(value)) if key == "cases" else f"{value:,.1f}"


def distances_told(row: Calibration) -> list[dict[str, str]]:
    """The distances in words; of cycle times and open cases with the noise floor and the past taken for the future."""
    holdout, told = row.holdout, []
    beside = {
        "cycle_time": (holdout["noise"], holdout["past"]),
        "open_cases": (holdout.get("open_noise"), holdout.get("open_past")),
    }
    for key, label in DISTANCES.items():
        if (value := holdout["distances"].get(key)) is None:
            continue
        noise, past = beside.get(key, (None, None))
        fit = holdout.get("fit", (0.0, 0.0))[0] if key == "cycle_time" else 0.0
        told.append(
            {
                "label": str(label),
                "value": _off(key, value),
                "noise": " – ".join(_off(key, each) for each in noise) if noise else "",  # noqa: RUF001
                "past": _off(key, past) if noise and past is not None else "",
                "fit": _off(key, fit) if fit else "",
            }
        )
    return told


def _off(key: str, value: float) -> str:
    """A distance in hours, or as a share."""
    return share(value) if key in SHARES else span(value * 3600)
