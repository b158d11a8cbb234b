"""What an activity is about: any record that has a face."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.faces import registry

from ..accounts.models import Account
from ..contacts.models import Contact
from .models import Activity


def refuse_faceless(about: Model | None) -> None:
    """Raise Invalid where the record is of a kind that has no page of its own."""
    if about is not None and str(about._meta.model_name) not in registry:
        raise Invalid(errors=[FieldError("/about", _("Activities cannot be about this."))])


def subject_of(activity: Activity) -> Model | None:
    """The record the activity is about; None without one, or where it is gone."""
    face = registry.get(activity.about_kind)
    if face is None or activity.about_id is None:
        return None
    return face.model._default_manager.filter(pk=activity.about_id).first()


def account_of(about: Model | None) -> Account | None:
    """The account that the record is, or belongs to."""
    account = about if isinstance(about, Account) else getattr(about, "account", None)
    return account if isinstance(account, Account) else None


def contact_of(about: Model | None) -> Contact | None:
    """The contact that the record is, or belongs to."""
    contact = about if isinstance(about, Contact) else getattr(about, "contact", None)
    return contact if isinstance(contact, Contact) else None


def mentions_of(activity: Activity) -> dict[str, Any]:
    """What the activity's events mention besides itself."""
    return {"account": activity.account, "contact": activity.contact, "about": subject_of(activity)}
