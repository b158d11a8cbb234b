"""How contacts look: fields, list, page, and what can be done with them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Panel, RecordType, Verb, register

from ..activities.calling import log_call
from ..consents.actions import record_consent
from ..sources import SOURCES
from . import actions, points
from .erasure import erase_contact
from .models import Contact


def is_living(contact: Any) -> bool:
    """Whether the contact's data are there."""
    return contact.erased_at is None


def title_of(contact: Any) -> str:
    """The name, else what there is instead of one."""
    if contact.erased_at is not None:
        return gettext("Erased contact")
    return str(contact.name or contact.email or contact.phone)


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("family_name", _("Family name"), Kind.TEXT, sortable=True, editable=True),
    Field("given_name", _("Given name"), Kind.TEXT, editable=True),
    Field("title", _("Job title"), Kind.TEXT, editable=True),
    Field("department", _("Department"), Kind.TEXT, editable=True),
    Field("account", _("Main account"), Kind.RELATION, target="account", editable=True),
    Field("email", _("E-mail"), Kind.IDENTIFIER, editable=True, sensitivity="personal", shape="email"),
    Field("phone", _("Phone"), Kind.IDENTIFIER, editable=True, sensitivity="personal", shape="phone"),
    Field("language", _("Language"), Kind.TEXT, editable=True, shape="language"),
    Field("country", _("Country"), Kind.TEXT, editable=True, shape="place"),
    Field("province", _("Province"), Kind.TEXT, editable=True, shape="place"),
    Field("city", _("City"), Kind.TEXT, editable=True, sensitivity="personal"),
    Field(
        "birthday",
        _("Birthday"),
        Kind.YEARLY,
        editable=True,
        sensitivity="personal",
        help=actions.BIRTHDAY_HELP,
    ),
    Field("source", _("Source"), Kind.TEXT, editable=True, labels=dict(SOURCES)),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
    Field("unit", _("Unit"), Kind.RELATION, target="unit"),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
    Field("erased_at", _("Erased"), Kind.MOMENT),
    Field("notes", _("Notes"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
)

VERBS = (
    Verb("call", _("Log a call"), log_call, icon="phone", key="p", primary=True, possible=is_living),
    Verb("assign", _("Assign"), actions.assign_contact, icon="user", key="a", bulk=True, possible=is_living),
    Verb("consent", _("Record consent"), record_consent, icon="check", key="c", possible=is_living),
    Verb(
        "add_point",
        _("Add phone, e-mail or address"),
        points.add_contact_point,
        icon="plus",
        possible=is_living,
    ),
    Verb(
        "remove_point",
        _("Remove phone, e-mail or address"),
        points.forget_contact_point,
        icon="x",
        possible=is_living,
    ),
    Verb("join", _("Add to an account"), actions.join_account, icon="building", key="j", possible=is_living),
    Verb("leave", _("Has left an account"), actions.leave_account, icon="building", possible=is_living),
    Verb("erase", _("Erase personal data"), erase_contact, icon="trash", danger=True, possible=is_living),
)

CONTACT = register(
    RecordType(
        name="contact",
        model=Contact,
        label=_("Contact"),
        plural=_("Contacts"),
        slug="contacts",
        icon="user",
        prefix="K",
        place="customers",
        title=title_of,
        subtitle=lambda contact: " · ".join(
            filter(None, (contact.account.name if contact.account else "", contact.title))
        ),
        with_related=("account", "owner"),
        fields=FIELDS,
        columns=("id", "family_name", "given_name", "account", "title", "phone", "email", "city", "owner"),
        facts=(
            (_("Contact"), ("phone", "email", "title", "department", "account", "language", "birthday")),
            (_("Address"), ("country", "province", "city")),
            (_("Responsible"), ("owner", "unit", "source")),
            (_("Times"), ("created_at", "changed_at", "erased_at")),
            (_("Notes"), ("notes",)),
        ),
        search=("family_name", "given_name", "email", "phone", "account"),
        name_parts=("family_name", "given_name"),
        verbs=VERBS,
        panels=(
            Panel(_("Leads"), "lead", "contact"),
            Panel(_("Opportunities"), "opportunity", "contact"),
            Panel(_("Service requests"), "case", "contact"),
            Panel(_("Activities"), "activity", "contact"),
            Panel(_("E-mails"), "email", "contact", create=False),
        ),
        create=actions.add_contact,
        change=actions.change_contact,
        empty=_("Contacts appear here when they are added, imported, or come with a lead or an e-mail."),
        views=(
            ("mine", _("Mine"), {"field": "owner", "op": "is", "value": {"me": True}}),
            ("unassigned", _("Without owner"), {"field": "owner", "op": "is_empty"}),
        ),
    )
)
