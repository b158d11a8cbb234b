"""How skills and territories look: fields, list, page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from kinflow.conditions import Kind
from kinflow.kit.place_words import place_words
from kinflow.records.faces import Field, RecordType, register

from ..retiring_face import IN_USE, IS_RETIRED, retiring_verbs, unless_retired
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
        subtitle=unless_retired(lambda skill: skill.get_sort_display()),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("code", _("Code"), Kind.TEXT, sortable=True, editable=True),
            Field("sort", _("Sort"), Kind.CHOICE, choices=SORTS, editable=True, shape="chip"),
            IS_RETIRED,
            *_times,
        ),
        columns=("name", "code", "sort"),
        facts=(
            (_("Skill"), ("name", "code", "sort", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name", "code"),
        order="id",
        verbs=retiring_verbs(actions.retire_skill, actions.take_up_skill),
        create=actions.add_skill,
        change=actions.change_skill,
        empty=_("Skills appear here when they are added: products, industries and crafts that people know."),
        views=(IN_USE,),
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
        subtitle=unless_retired(
            lambda territory: pgettext("between values", ", ").join(map(place_words, territory.places[:6]))
        ),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field(
                "places",
                pgettext_lazy("of a territory", "Places"),
                Kind.TEXT_LIST,
                editable=True,
                shape="place",
                help=_("Such as CN-ZJ, CN-JS, DE"),
            ),
            IS_RETIRED,
            *_times,
        ),
        columns=("name", "places"),
        facts=(
            (_("Territory"), ("name", "places", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name",),
        order="id",
        verbs=retiring_verbs(actions.retire_territory, actions.take_up_territory),
        create=actions.add_territory,
        change=actions.change_territory,
        empty=_("Territories appear here when they are added: places that people look after."),
        views=(IN_USE,),
    )
)
