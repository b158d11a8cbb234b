"""The words of the data structure: areas, parts of records without pages of their own, what fields hold."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind

AREAS: dict[str, Any] = {
    "processes": pgettext_lazy("area of data", "Processes"),
    "automation": pgettext_lazy("area of data", "Assignment"),
    "records": pgettext_lazy("area of data", "Imports and views"),
    "contact_center": pgettext_lazy("area of data", "Contact centre"),
    "service": pgettext_lazy("area of data", "Service"),
    "sales": pgettext_lazy("area of data", "Sales"),
    "customers": pgettext_lazy("area of data", "Customers"),
    "catalogue": pgettext_lazy("area of data", "Catalogue"),
    "organisation": pgettext_lazy("area of data", "Organisation"),
}
"""From those that refer to others to those that others refer to, as the drawing has them from left to right."""

PARTS: dict[str, Any] = {
    "contactpoint": _("Way to reach a contact"),
    "membership": _("Membership of a contact"),
    "consent": _("Consent"),
    "thread": _("E-mail thread"),
    "attachment": _("Attachment"),
    "personskill": _("Skill of a person"),
    "languageskill": _("Language of a person"),
    "absence": _("Absence"),
    "capacity": _("Capacity"),
    "calendarday": _("Special day"),
    "scoring": _("Scoring"),
    "scoringversion": _("Version of a scoring"),
    "process": _("Process"),
    "dismissal": _("Dismissed finding"),
    "referencemodel": _("Model to compare with"),
    "savedview": _("Saved view"),
}

TYPES: dict[Kind, Any] = {
    Kind.TEXT: pgettext_lazy("what a field holds", "text"),
    Kind.LONG_TEXT: pgettext_lazy("what a field holds", "long text"),
    Kind.INTEGER: pgettext_lazy("what a field holds", "number"),
    Kind.DECIMAL: pgettext_lazy("what a field holds", "number"),
    Kind.MONEY: pgettext_lazy("what a field holds", "money"),
    Kind.BOOLEAN: pgettext_lazy("what a field holds", "yes or no"),
    Kind.DATE: pgettext_lazy("what a field holds", "day"),
    Kind.YEARLY: pgettext_lazy("what a field holds", "day of the year"),
    Kind.MOMENT: pgettext_lazy("what a field holds", "time"),
    Kind.CHOICE: pgettext_lazy("what a field holds", "choice"),
    Kind.RELATION: pgettext_lazy("what a field holds", "relation"),
    Kind.IDENTIFIER: pgettext_lazy("what a field holds", "identifier"),
    Kind.TEXT_LIST: pgettext_lazy("what a field holds", "texts"),
    Kind.CHOICE_LIST: pgettext_lazy("what a field holds", "choices"),
}
LOOSELY: dict[str, Any] = {"about": pgettext_lazy("relation", "About")}
"""Relations whose target differs from row to row, by the start of their columns' names."""
