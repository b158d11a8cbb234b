"""The processes of a record, on its page: each with where it stands."""

from typing import Any

from django.template.loader import render_to_string

from kinflow.eventlog import Actor
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import register_side_part, side_parts

from .access import sees_instances
from .showing import places_of


def process_card(face: RecordType, record: Any, by: Actor) -> str:
    """The card; "" for records that no process ran for."""
    if face.name == "processinstance" or not sees_instances(by):
        return ""
    places = places_of(face.name, record.pk)
    return render_to_string("processes/execution/card.html", {"places": places}) if places else ""


def show_process_cards() -> None:
    """Put the card into the right pane of all record pages."""
    if process_card not in side_parts:
        register_side_part(process_card)
