"""A record type's face: declared once per noun; lists, boards, pages, filters, API, import and export follow from it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from kinflow.conditions import Field as ConditionField
from kinflow.conditions import Kind
from kinflow.eventlog import narration
from kinflow.kit.standing import StandingQuery

from .places import announce
from .reads import reads, relations_of

Label = Any  # text or lazily translated text


@dataclass(frozen=True)
class Field:
    """One field of a record type.

    `path` is the ORM path where it differs from the name; `target` the record type a relation leads to; `many` marks
    relations to several. `shape` says how it is shown where its kind alone does not say it: "chip", "person", "money",
    "percent", "bar", "link", "email", "phone", "tags", "place", "language". `tones` colours the values of a choice:
    good, warn, bad, accent. `sensitivity` is "", "personal" or "confidential". `currency` names the field
    that holds a money field's currency. Shape "record" is the id of a record whose kind the field `kind_in` holds.
    `labels` are the words for values of a yes or no, or of a text field that programs write;
    people may write others.
    """

    name: str
    label: Label
    kind: Kind
    path: str = ""
    choices: Sequence[tuple[Any, Label]] = ()
    target: str = ""
    many: bool = False
    editable: bool = False
    sortable: bool = False
    filterable: bool = True
    sensitivity: str = ""
    shape: str = ""
    tones: Mapping[Any, str] = dataclass_field(default_factory=dict)
    currency: str = ""
    kind_in: str = ""
    labels: Mapping[Any, Label] = dataclass_field(default_factory=dict)
    help: Label = ""

    @property
    def column(self) -> str:
        """The ORM path."""
        return self.path or self.name

    def for_conditions(self) -> ConditionField:
        """The field as the condition language knows it."""
        return ConditionField(
            name=self.name,
            kind=self.kind,
            label=self.label,
            path=self.column,
            choices=tuple(self.choices),
            target=self.target or None,
            many=self.many,
            currency=self.currency,
        )

    def word(self, value: Any) -> Any:
        """The label of a choice's value, or of a value that programs write; other values unchanged."""
        return (dict(self.choices) or self.labels).get(value, value)


@dataclass(frozen=True)
class Verb:
    """Something people can do with a record: an action, with what its button looks like.

    What it asks for follows from the action's signature: every keyword but `by` and the record itself, annotated with
    its type (str, int, bool, Decimal, date, datetime, a model, Literal, list of those), with `Ask` for words; an input
    that asks for a record without `Ask` is called as its record type.
    `possible` says whether it makes sense for the record now; whether the person may is the access's business.
    """

    name: str
    label: Label
    action: Callable[..., Any]
    icon: str = "check"
    key: str = ""
    bulk: bool = False
    primary: bool = False
    danger: bool = False
    possible: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class Ask:
    """The words of one input of a verb, as `Annotated[str, Ask(_("Reason"))]`."""

    label: Label
    help: Label = ""
    choices: Sequence[tuple[Any, Label]] | Callable[[], Sequence[tuple[Any, Label]]] = ()
    long: bool = False


@dataclass(frozen=True)
class Board:
    """A board: one column per value of the field.

    `moves` names the verb that takes a card to each column; where one verb serves all, `move` names it, and it takes
    the column's value under the field's name. `total` is the number field summed per column.
    """

    field: str
    moves: Mapping[str, str] = dataclass_field(default_factory=dict)
    move: str = ""
    total: str = ""
    card: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Related records on the right of a record page: those of `kind` whose relation `via` leads to the record."""

    label: Label
    kind: str
    via: str
    create: bool = True


@dataclass(frozen=True)
class WorkKind:
    """What makes a record type a kind of work that must be somebody's.

    `assign` is its domain's action `(*, <kind>, person, card, by)`; `open` an ORM filter of what still needs work;
    `weight` the load one open item means.
    """

    assign: Callable[..., Any]
    open: Mapping[str, Any]
    weight: float = 1.0
    arrivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordType:
    """All that is generic about one noun.

    `body_template` is a template shown on the record page above the facts; it gets the record as `record`.
    `name_parts` are fields that only together are the title (family and given name): where there is room for one
    column alone, the title stands there. `asked_through` are relations to many that only conditions know.
    `usual_view` is the one of `views` that a list shows where nothing else is asked for; it shows all without one.
    """

    name: str
    model: type[Model]
    label: Label
    plural: Label
    slug: str
    icon: str
    prefix: str
    fields: tuple[Field, ...]
    title: Callable[[Any], str]
    columns: tuple[str, ...]
    facts: tuple[tuple[Label, tuple[str, ...]], ...]
    place: str = ""
    with_related: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    order: str = "-id"
    board: Board | None = None
    verbs: tuple[Verb, ...] = ()
    panels: tuple[Panel, ...] = ()
    create: Callable[..., Any] | None = None
    change: Callable[..., Any] | None = None
    work: WorkKind | None = None
    empty: Label = ""
    subtitle: Callable[[Any], str] | None = None
    views: tuple[tuple[str, Label, Any], ...] = ()
    usual_view: str = ""
    body_template: str = ""
    name_parts: tuple[str, ...] = ()
    asked_through: tuple[Field, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {f.name: f for f in self.fields}

    def verb(self, name: str) -> Verb | None:
        """The verb of that name."""
        return next((v for v in self.verbs if v.name == name), None)

    def number(self, record: Any) -> str:
        """What people call the record when they call it by number: L-10482."""
        return f"{self.prefix}-{record.pk}"

    def url(self, object_id: int) -> str:
        """The address of a record's page."""
        return f"/{self.slug}/{object_id}/"


registry: dict[str, RecordType] = {}


def register(face: RecordType) -> RecordType:
    """Make a record type known, and its records nameable in the log's sentences."""
    if face.name != face.model._meta.model_name:
        raise ValueError(f"record type {face.name} must be named as its model")
    registry[face.name] = face
    announce(face)

    def titled(ids: Any) -> QuerySet[Any]:
        paths = reads(face.title, face.model)
        joined = relations_of(paths)
        rows = face.model._default_manager.select_related(*joined).only("pk", *joined, *paths)
        return rows.filter(pk__among=ids)

    query = StandingQuery(titled, 1)

    def names(ids: Collection[int]) -> dict[int, narration.Name]:
        return {row.pk: narration.Name(face.title(row), face.url(row.pk)) for row in query(list(ids))}

    narration.namers[face.name] = names
    return face


def face_of(record: Model | type[Model] | str) -> RecordType:
    """The face of a record, a model or a kind; KeyError where it has none."""
    if isinstance(record, str):
        return registry[record]
    return registry[str(record._meta.model_name)]


def by_slug(slug: str) -> RecordType | None:
    """The record type whose pages live under the slug."""
    return next((f for f in registry.values() if f.slug == slug), None)


fields_besides: list[Callable[[str], ConditionField | None]] = []
"""What makes further fields of a record type, for conditions only."""


class RecordVocabulary:
    """The declarations as the condition language's vocabulary."""

    def fields_of(self, type_name: str) -> Mapping[str, ConditionField]:
        """The fields that a condition over the type may name."""
        face = registry[type_name]
        own = {f.name: f.for_conditions() for f in (*face.fields, *face.asked_through) if f.filterable}
        return own | {f.name: f for make in fields_besides if (f := make(type_name)) is not None}

    def model_of(self, type_name: str) -> type[Model]:
        """The type's model."""
        return registry[type_name].model

    def title_of(self, record: Model) -> str:
        """What people call a record."""
        face = registry.get(str(record._meta.model_name))
        return face.title(record) if face is not None else str(record)


VOCABULARY = RecordVocabulary()
