"""How segments look."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind

from ..faces import Field, RecordType, Verb, register, registry
from . import actions
from .models import STATES, WAYS, Segment, called


def _kind_words(segment: Any) -> str:
    face = registry.get(segment.kind)
    return str(face.plural) if face is not None else str(segment.kind)


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("name", _("Name"), Kind.TEXT, editable=True, sortable=True),
    Field("name_zh", _("Chinese name"), Kind.TEXT, editable=True),
    Field("about", _("What it is for"), Kind.LONG_TEXT, editable=True),
    Field("kind", _("Kind of record"), Kind.TEXT),
    Field("way", pgettext_lazy("segment", "Kept"), Kind.CHOICE, choices=WAYS),
    Field("size", _("Members"), Kind.INTEGER, sortable=True),
    Field("is_active", _("Active"), Kind.BOOLEAN),
    Field(
        "state",
        _("State"),
        Kind.CHOICE,
        choices=STATES,
        shape="chip",
        tones={"founding": "accent", "ready": "good", "failed": "bad"},
    ),
    Field("fault", _("Fault"), Kind.TEXT),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
)

SEGMENT = register(
    RecordType(
        name="segment",
        model=Segment,
        label=_("Segment"),
        plural=_("Segments"),
        slug="segments",
        icon="target",
        prefix="SG",
        title=called,
        subtitle=_kind_words,
        fields=FIELDS,
        columns=("id", "name", "way", "size", "state", "is_active", "changed_at"),
        facts=(
            (_("Segment"), ("name", "name_zh", "about", "way", "size", "state", "is_active", "fault")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        place="customers",
        search=("name", "name_zh", "about"),
        create=actions.create_segment,
        change=actions.change_segment,
        verbs=(
            Verb(
                "switch_off",
                _("Switch off"),
                actions.switch_off_segment,
                icon="pause",
                possible=lambda segment: segment.is_active,
            ),
            Verb(
                "switch_on",
                _("Switch on"),
                actions.switch_on_segment,
                icon="play",
                possible=lambda segment: not segment.is_active,
            ),
        ),
        body_template="records/segments/body.html",
        empty=_(
            "Segments appear here when somebody keeps a condition, or records chosen by hand, as a living set."
        ),
    )
)
