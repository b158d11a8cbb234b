"""Possible duplicates on the page of a contact or an account."""

from typing import Any

from django.template.loader import render_to_string

from kinflow.eventlog import Actor
from kinflow.records.faces import RecordType
from kinflow.records.pages import composing

from .noticing import KINDS
from .queries import like_this, may_tell_apart


def duplicates_card(face: RecordType, record: Any, by: Actor) -> str:
    """The card; "" where the record is like no other that the reader sees."""
    pairs = like_this(face.name, record.pk, by) if face.name in KINDS else []
    if not pairs:
        return ""
    told = [
        (
            pair,
            face.title(other),
            face.subtitle(other) if face.subtitle else "",
            face.url(other.pk),
            may_tell_apart(face.name, pair, by),
        )
        for pair, other in pairs
    ]
    return render_to_string("customers/duplicates_card.html", {"kind": face.name, "pairs": told})


composing.register_side_part(duplicates_card)
