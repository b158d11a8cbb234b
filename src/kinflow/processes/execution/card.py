"""The processes of a record, on its page: each with where it stands, and those that can be started for it.

A task says which process waits for it, for which record, and what its result decides there.
"""

from typing import Any

from django.template.loader import render_to_string

from kinflow.eventlog import Actor
from kinflow.records.access import in_token_scope
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import register_side_part, side_parts

from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from .access import KIND, may_start
from .deciding import FINISH, TASK, what_it_decides
from .showing import places_of, places_of_task


def process_card(face: RecordType, record: Any, by: Actor) -> str:
    """The card; "" for records that no process ran for, and for which none can be started by this actor."""
    if face.name == KIND or not in_token_scope(by, KIND, "read"):
        return ""
    live = ProcessDesign.objects.filter(kind=face.name, live_number__gt=0).order_by("name")
    designs = [(row.pk, design_called(row)) for row in live] if may_start(by) else []
    places = places_of(face.name, record.pk)
    if face.name == TASK:
        places = places_of_task(record.pk, by) + places
    decides = what_it_decides(face, record, FINISH, by)
    told = {"places": places, "decides": decides, "designs": designs, "kind": face.name, "pk": record.pk}
    return render_to_string("processes/execution/card.html", told) if told["places"] or designs else ""


def show_process_cards() -> None:
    """Put the card into the right pane of all record pages."""
    if process_card not in side_parts:
        register_side_part(process_card)
