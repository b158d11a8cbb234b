"""How skills and territories look: fields, list, page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind
from kinflow.records.faces import Field, RecordType, register

from . import actions
from .models import Skill, Territory
from .rules import SORTS

_times = (
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
)

SKILL = register(
    RecordType(
        name="skill",
        model=Skill,
        label=_("Skill"),
        plural=_("Skills"),
        slug="skills",
        icon="star",
        prefix="S",
        place="organisation",
        title=lambda skill: skill.name,
        subtitle=lambda skill: skill.get_sort_display(),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("code", _("Code"), Kind.TEXT, sortable=True, editable=True),
            Field("sort", _("Sort"), Kind.CHOICE, choices=SORTS, editable=True, shape="chip"),
            *_times,
        ),
        columns=("name", "code", "sort"),
        facts=(
            (_("Skill"), ("name", "code", "sort")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name", "code"),
        order="id",
        create=actions.add_skill,
        change=actions.change_skill,
        empty=_("Skills appear here when they are added: products, industries and crafts that people know."),
    )
)

TERRITORY = register(
    RecordType(
        name="territory",
        model=Territory,
        label=_("Territory"),
        plural=_("Territories"),
        slug="territories",
        icon="map",
        prefix="TE",
        place="organisation",
        title=lambda territory: territory.name,
        subtitle=lambda territory: ", ".join(territory.places[:6]),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field(
                "places",
                pgettext_lazy("of a territory", "Places"),
                Kind.TEXT_LIST,
                editable=True,
                help=_("Such as CN-ZJ, CN-JS, DE"),
            ),
            *_times,
        ),
        columns=("name", "places"),
        facts=(
            (_("Territory"), ("name", "places")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name",),
        order="id",
        create=actions.add_territory,
        change=actions.change_territory,
        empty=_("Territories appear here when they are added: places that people look after."),
    )
)
