"""Redesigns in the reader's words: which move made a version, from which finding and what-if, what is left to do."""

from typing import Any
from urllib.parse import quote

from kinflow.automation.bilingual import in_active_language
from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, Skill
from kinflow.records.access import visible

from ..access import sees_processes
from ..simulation.whatif.access import seen_what_ifs
from ..simulation.whatif.telling import headline
from .covering import covers_words
from .models import Redesign
from .staying import staying_words


def told_redesign(row: Redesign, by: Actor) -> dict[str, Any]:
    """A redesign for a page: moves of the model and of the organisation, where they come from, if the actor sees that."""
    words = [(one["model"], one.get("done"), in_active_language(one["words"])) for one in row.moves]
    told: dict[str, Any] = {
        "number": row.number,
        "is_undone": row.undone_number is not None,
        "in_model": [each for is_model, _is_done, each in words if is_model],
        "in_structure": [each for _is_model, is_done, each in words if is_done],
        "to_do": [each for is_model, is_done, each in words if not (is_model or is_done)],
        "covers": [said for one in row.moves if (said := covers_words(one.get("covers")))],
        "trained": _trained(row, by),
        "stayed": staying_words(row.stayed, by),
        "left_out": [in_active_language(each) for one in row.moves for each in one.get("left_out", ())],
        "what_if": "",
        "headline": "",
        "finding": "",
        "found": in_active_language(row.found) if row.found else "",
    }
    what_if = seen_what_ifs(by).filter(pk=row.what_if_id).first() if row.what_if_id else None
    if what_if is not None:
        root = f"/processes/{what_if.process.key}"
        told |= {"what_if": f"{root}/what-ifs/{what_if.pk}/", "headline": headline(what_if)}
        if row.finding and sees_processes(by):
            told["finding"] = f"{root}/findings/{quote(row.finding, safe=':')}/"
    return told


def found_told(row: Redesign, kept: str) -> str:
    """What was found in the reader's language, as long as nobody wrote it otherwise."""
    return in_active_language(row.found) if kept in row.found.values() else kept


def _trained(row: Redesign, by: Actor) -> list[str]:
    """Whom the redesign had trained in what, as far as the actor may see people."""
    people = visible(by, Person.objects.filter(pk__in=[one["person"] for one in row.skills])).in_bulk()
    skills = Skill.objects.in_bulk([one["skill"] for one in row.skills])
    return [
        f"{people[one['person']]}: {skills[one['skill']]} {one['level']}"
        for one in row.skills
        if one["person"] in people and one["skill"] in skills
    ]
