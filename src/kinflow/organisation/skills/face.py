"""How skills and territories look: fields, list, page."""

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.kit.place_words import place_words
from kinflow.records.faces import Field, RecordType, Verb, register

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
        subtitle=lambda skill: gettext("Retired") if skill.is_retired else skill.get_sort_display(),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("code", _("Code"), Kind.TEXT, sortable=True, editable=True),
            Field("sort", _("Sort"), Kind.CHOICE, choices=SORTS, editable=True, shape="chip"),
            Field("is_retired", _("Retired"), Kind.BOOLEAN),
            *_times,
        ),
        columns=("name", "code", "sort"),
        facts=(
            (_("Skill"), ("name", "code", "sort", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name", "code"),
        order="id",
        verbs=(
            Verb(
                "retire",
                _("Retire"),
                actions.retire_skill,
                icon="archive",
                key="z",
                danger=True,
                possible=lambda skill: not skill.is_retired,
            ),
            Verb(
                "take_up",
                _("Take up again"),
                actions.take_up_skill,
                icon="refresh",
                possible=lambda skill: skill.is_retired,
            ),
        ),
        create=actions.add_skill,
        change=actions.change_skill,
        empty=_("Skills appear here when they are added: products, industries and crafts that people know."),
        views=(("used", _("In use"), {"field": "is_retired", "op": "is", "value": False}),),
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
        subtitle=lambda territory: (
            gettext("Retired")
            if territory.is_retired
            else pgettext("between values", ", ").join(map(place_words, territory.places[:6]))
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
            Field("is_retired", _("Retired"), Kind.BOOLEAN),
            *_times,
        ),
        columns=("name", "places"),
        facts=(
            (_("Territory"), ("name", "places", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name",),
        order="id",
        verbs=(
            Verb(
                "retire",
                _("Retire"),
                actions.retire_territory,
                icon="archive",
                key="z",
                danger=True,
                possible=lambda territory: not territory.is_retired,
            ),
            Verb(
                "take_up",
                _("Take up again"),
                actions.take_up_territory,
                icon="refresh",
                possible=lambda territory: territory.is_retired,
            ),
        ),
        create=actions.add_territory,
        change=actions.change_territory,
        empty=_("Territories appear here when they are added: places that people look after."),
        views=(("used", _("In use"), {"field": "is_retired", "op": "is", "value": False}),),
    )
)
