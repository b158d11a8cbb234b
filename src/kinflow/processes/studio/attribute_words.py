"""Attributes of cases in the reader's language, as their records' pages call them."""

from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.kit.place_words import language_words, place_words
from kinflow.records.faces import Field, registry

from ..definitions.attributes import BORROWED


def field_of(kind: str, name: str) -> Field | None:
    """The field that an attribute of the cases of a kind is, perhaps a related record's; None for imported logs' own."""
    face = registry.get(kind)
    if face is None:
        return None
    if name in face.by_name:
        return face.by_name[name]
    lenders = [registry[via] for via, names in BORROWED.items() if name in names and via in registry]
    return next((each.by_name[name] for each in lenders if name in each.by_name), None)


def attribute_named(kind: str, name: str) -> str:
    """An attribute in the reader's language; as it is called where nobody said."""
    field = field_of(kind, name)
    return str(field.label) if field else name


def value_named(kind: str, name: str, value: str) -> str:
    """A value of an attribute in the reader's language."""
    field = field_of(kind, name)
    if field is None:
        return value
    if field.kind is Kind.BOOLEAN:
        return _("Yes") if value == "yes" else _("No")
    if field.shape == "place":
        return place_words(value)
    if field.shape == "language":
        return language_words(value)
    return str(field.word(value))
