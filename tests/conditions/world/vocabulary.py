"""What conditions may say about the small world."""

from collections.abc import Mapping

from django.db.models import Model

from kinflow.conditions import Field, Kind

from . import models

INDUSTRIES = (("water", "Water"), ("power", "Power"), ("food", "Food"))
STAGES = ((1, "New"), (2, "Contacted"), (3, "Qualified"))
KINDS = (("call", "Call"), ("visit", "Visit"))


def field(name: str, kind: Kind, label: str, path: str = "", **more: object) -> Field:
    return Field(name, kind, label, path or name, **more)  # type: ignore[arg-type]


def relation(name: str, target: str, label: str, path: str = "", *, many: bool = False) -> Field:
    return field(name, Kind.RELATION, label, path, target=target, many=many)


FIELDS: dict[str, tuple[Field, ...]] = {
    "person": (field("name", Kind.TEXT, "Name"),),
    "unit": (field("name", Kind.TEXT, "Name"),),
    "account": (
        field("name", Kind.TEXT, "Name"),
        field("industry", Kind.CHOICE, "Industry", choices=INDUSTRIES),
        field("revenue", Kind.MONEY, "Revenue"),
        relation("owner", "person", "Owner"),
        relation("unit", "unit", "Unit"),
        field(
            "tags",
            Kind.CHOICE_LIST,
            "Tags",
            choices=[(t, t.title()) for t in ("vip", "new", "oem", "vip-old")],
        ),
        relation("contacts", "contact", "Contacts", many=True),
        relation("activities", "activity", "Activities", "contacts__leads__activities", many=True),
    ),
    "contact": (
        field("email", Kind.IDENTIFIER, "E-mail"),
        field("born_on", Kind.DATE, "Birthday"),
        relation("account", "account", "Account"),
        relation("leads", "lead", "Leads", many=True),
    ),
    "product": (
        field("name", Kind.TEXT, "Name"),
        field("weight", Kind.DECIMAL, "Weight"),
        relation("leads", "lead", "Leads", many=True),
    ),
    "lead": (
        relation("contact", "contact", "Contact"),
        relation("account", "account", "Account", "contact__account"),
        relation("owner", "person", "Owner"),
        relation("unit", "unit", "Unit", "unit_id"),
        field("title", Kind.TEXT, "Title"),
        field("notes", Kind.LONG_TEXT, "Notes"),
        field("score", Kind.INTEGER, "Score"),
        field("price", Kind.DECIMAL, "Price"),
        field("is_hot", Kind.BOOLEAN, "Hot"),
        field("due_on", Kind.DATE, "Due date"),
        field("birthday", Kind.YEARLY, "Birthday"),
        field("made_at", Kind.MOMENT, "Created"),
        field("stage", Kind.CHOICE, "Stage", choices=STAGES),
        field("topics", Kind.TEXT_LIST, "Topics"),
        field("industry", Kind.CHOICE, "Industry", "contact__account__industry", choices=INDUSTRIES),
        relation("activities", "activity", "Activities", many=True),
        relation("products", "product", "Products", many=True),
        relation("colleagues", "contact", "Colleagues", "contact__account__contacts", many=True),
    ),
    "activity": (
        field("kind", Kind.CHOICE, "Kind", choices=KINDS),
        field("done_at", Kind.MOMENT, "Done"),
        relation("person", "person", "Person"),
        relation("lead", "lead", "Lead"),
    ),
}

MODELS: dict[str, type[Model]] = {
    "person": models.Person,
    "unit": models.Unit,
    "account": models.Account,
    "contact": models.Contact,
    "product": models.Product,
    "lead": models.Lead,
    "activity": models.Activity,
}


class WorldVocabulary:
    """The small world as a vocabulary."""

    def fields_of(self, type_name: str) -> Mapping[str, Field]:
        return {f.name: f for f in FIELDS[type_name]}

    def model_of(self, type_name: str) -> type[Model]:
        return MODELS[type_name]


VOCABULARY = WorldVocabulary()
