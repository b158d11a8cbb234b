"""The map of a process, and its numbers as a file."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from kinflow.web.doors import page

from ...logs.exporting import FORMS
from ..levels import arrows_of, usual
from ..picture import OVERLAYS, Picture, picture_of
from ..remembering import remembered
from ..spans import count
from ..subject import Subject, subject_of
from ..walks import walks_of
from .files import csv_file
from .frame import canonical, tab_page, times_of

USUAL_OVERLAY = "median"
SLOWEST, LITTLE = 7, 0.02
DEPTHS = {
    "phases": pgettext_lazy("how finely steps are told apart", "Phases"),
    "": pgettext_lazy("how finely steps are told apart", "Steps"),
    "details": pgettext_lazy("how finely steps are told apart", "With results"),
}


@page
def map_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """Which step follows which, how often, and how long that takes."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    picture = picture_for(subject)
    overlay = subject.asked.look("show", USUAL_OVERLAY)
    overlay = overlay if overlay in OVERLAYS else USUAL_OVERLAY
    level = level_of(subject, picture)
    return tab_page(request, subject, "", **_context(subject, picture, overlay, level))


def picture_for(subject: Subject) -> Picture:
    """The picture of the part asked for, in the reader's language."""
    place = f"/processes/{subject.process.key}/cases/"

    def address(kind: str, value: str) -> str:
        return place + subject.asked.with_(kind, value).address(show="", level="")

    def make() -> Picture:
        columns, name = subject.columns, subject.process.called
        return picture_of(columns, subject.overview, subject.named, address, name, subject.timing)

    place_in_memory = ("picture", get_language(), subject.asked.conditions, subject.timing.key)
    return remembered(subject.columns, place_in_memory, make)


def level_of(subject: Subject, picture: Picture) -> int:
    """Where the slider stands."""
    asked = subject.asked.look("level")
    last = len(picture.levels) - 1
    return min(int(asked), last) if asked.isdecimal() else max(0, usual(picture.levels))


def _context(subject: Subject, picture: Picture, overlay: str, level: int) -> dict[str, Any]:
    data = picture.data
    return {
        "picture": {
            "data": data,
            "json": json.dumps(data, ensure_ascii=False),
            "title": subject.timing.titles[overlay],
            "most": data["levels"][level]["most_words"][overlay] if data["steps"] else "",
        },
        "overlay": overlay,
        "overlays": [
            {"key": key, "label": label, "url": subject.asked.address(show=key)}
            for key, label in OVERLAYS.items()
        ],
        "depths": _depths(subject),
        "times": times_of(subject),
        "level": level,
        "last_level": len(picture.levels) - 1,
        "shown": _shown(data, level) if data["steps"] else "",
        "tiles": tiles_of(subject),
        "slowest": _slowest(subject, picture),
        "step_rows": _step_rows(subject, data),
        "arrow_rows": [_arrow_row(subject, each) for each in data["arrows"] if each["from"] and each["to"]],
        "beyond": _beyond(subject, data),
        "replay": f"/processes/{subject.process.key}/replay.json{subject.asked.address()}",
        "csv": f"/processes/{subject.process.key}/map.csv{subject.asked.address()}",
        "log_files": [
            {"url": f"/processes/{subject.process.key}/log.{form.end}", "label": form.label}
            for form in FORMS.values()
        ],
    }


def _depths(subject: Subject) -> list[dict[str, Any]]:
    """How finely steps can be told apart; nothing to choose for logs of other systems."""
    if not subject.process.case_kind:
        return []
    depth = subject.asked.look("depth")
    return [
        {"label": label, "url": subject.asked.address(depth=key, level=""), "on": key == depth}
        for key, label in DEPTHS.items()
    ]


def _shown(data: Mapping[str, Any], level: int) -> str:
    return str(
        data["words"]["shown"].format(
            all_steps=len(data["steps"]), all_arrows=len(data["arrows"]), **data["levels"][level]
        )
    )


def tiles_of(subject: Subject) -> list[dict[str, str]]:
    """The figures that say what the process is like."""
    took = subject.overview["case_seconds"] or {}
    columns = subject.columns
    return [
        {"label": pgettext("figure of a process", "Cases"), "value": count(columns.cases)},
        {"label": pgettext("figure of a process", "Events"), "value": count(columns.events)},
        {"label": _("Median duration"), "value": subject.timing.say(took.get("median"))},
        {"label": _("90 % within"), "value": subject.timing.say(took.get("p90"))},
    ]


def _slowest(subject: Subject, picture: Picture) -> list[dict[str, Any]]:
    say = subject.timing.say
    most = max((each["values"]["total"] for each in picture.slowest), default=0)
    rows = [each for each in picture.slowest if each["values"]["total"] > most * LITTLE][:SLOWEST]
    return [
        {
            "from_label": each["from_label"],
            "to_label": each["to_label"],
            "url": each["url"],
            "total": say(each["values"]["total"]),
            "width": round(100 * each["values"]["total"] / most, 1),
            "detail": _("%(count)s times, median %(median)s")
            % {"count": count(each["count"]), "median": say(each["values"]["median"])},
        }
        for each in rows
    ]


def _step_rows(subject: Subject, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    overview = subject.overview
    return [
        {
            "url": each["url"],
            "label": each["label"],
            "count": count(each["count"]),
            "work": subject.timing.say(each["values"].get("median")),
            "begins": count(overview["start"].get(each["key"], 0)),
            "ends": count(overview["end"].get(each["key"], 0)),
        }
        for each in data["steps"]
    ]


def _arrow_row(subject: Subject, arrow: Mapping[str, Any]) -> dict[str, str]:
    values = arrow["values"]
    return {
        "url": arrow["url"],
        "from_label": arrow["from_label"],
        "to_label": arrow["to_label"],
        "count": count(arrow["count"]),
        **{key: subject.timing.say(values.get(key)) for key in ("median", "mean", "p90", "total")},
    }


def _beyond(subject: Subject, data: Mapping[str, Any]) -> str:
    left = len(arrows_of(subject.columns)) - len(data["arrows"])
    return (
        _("The %(count)s rarest paths stand in the CSV file only.") % {"count": count(left)} if left else ""
    )


@page
def map_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """All paths of the part asked for, with their numbers."""
    subject = subject_of(request, key)
    heads = ("from", "to", "count", "median_seconds", "mean_seconds", "p90_seconds")
    rows = (
        [subject.named(each["from"]), subject.named(each["to"]), *(each[name] for name in heads[2:])]
        for each in subject.overview["directly_follows"]
    )
    return csv_file(f"{subject.process.key}-map.csv", heads, rows)


@page
def replay_json(request: HttpRequest, key: str) -> HttpResponseBase:
    """Some cases of the part asked for, for their replay on the map."""
    subject = subject_of(request, key)
    walks = remembered(subject.columns, "walks", lambda: walks_of(subject.columns))
    return JsonResponse(walks)
