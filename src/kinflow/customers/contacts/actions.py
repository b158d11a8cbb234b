"""All that can be done with contacts, but erasing them and the ways to reach them."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..accounts.models import Account
from ..accounts.rules import is_country
from .events import (
    AccountJoined,
    AccountLeft,
    ContactAdded,
    ContactAssigned,
    ContactChanged,
)
from .models import Contact, Membership
from .reaching import checked, drop_point, points_like, put_point, refuse_erased, wrong_point
from .rules import birthday_of, one_form

BIRTHDAY_HELP = gettext_lazy("Such as 1980-03-06, or 03-06 without the year")


class AlreadyMember(Conflict):
    """The contact belongs to the account already."""

    code = "already-member"


def _refuse_wrong(contact: Contact) -> None:
    errors = []
    if not (contact.family_name or contact.given_name or contact.email or contact.phone):
        errors.append(FieldError("/family_name", _("Give at least a name, an e-mail or a phone number.")))
    if not is_country(contact.country):
        errors.append(FieldError("/country", _("Give the country's code of two letters, such as CN.")))
    if errors:
        raise Invalid(errors=errors)


@action
def add_contact(
    *,
    family_name: Annotated[str, Ask(gettext_lazy("Family name"))] = "",
    given_name: Annotated[str, Ask(gettext_lazy("Given name"))] = "",
    title: Annotated[str, Ask(gettext_lazy("Job title"))] = "",
    department: Annotated[str, Ask(gettext_lazy("Department"))] = "",
    account: Annotated[Account | None, Ask(gettext_lazy("Account"))] = None,
    email: Annotated[str, Ask(gettext_lazy("E-mail"))] = "",
    phone: Annotated[str, Ask(gettext_lazy("Phone"))] = "",
    language: Annotated[str, Ask(gettext_lazy("Language"))] = "",
    country: Annotated[str, Ask(gettext_lazy("Country"), help=gettext_lazy("Two letters, such as CN"))] = "",
    province: Annotated[str, Ask(gettext_lazy("Province"))] = "",
    city: Annotated[str, Ask(gettext_lazy("City"))] = "",
    birthday: Annotated[str, Ask(gettext_lazy("Birthday"), help=BIRTHDAY_HELP)] = "",
    source: Annotated[str, Ask(gettext_lazy("Source"))] = "",
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    by: Actor,
) -> Contact:
    """Take in a person; e-mail and phone become its main ways to be reached. Several contacts may share one.

    `country` (ISO 3166, two letters) also says whose number a phone number without country code is.
    Raises Invalid naming each value that is wrong.
    """
    permit(by, kind="contact")
    country = country.strip().upper()
    ways = _ways({"email": email, "phone": phone}, country or (account.country if account else ""))
    contact = Contact(
        family_name=family_name.strip(),
        given_name=given_name.strip(),
        title=title.strip(),
        department=department.strip(),
        account=account,
        language=language.strip(),
        country=country,
        province=province.strip(),
        city=city.strip(),
        birthday=_birthday(birthday),
        source=source.strip(),
        **ways,
    )
    _refuse_wrong(contact)
    if owner is not None:
        contact.give_to(owner, timezone.now())
    contact.save()
    for kind, given in (("email", email), ("phone", phone)):
        if ways[kind]:
            put_point(contact, kind, given, ways[kind], main=True)
    if account is not None:
        Membership(contact=contact, account=account).save()
    record(ContactAdded(contact=contact, account=account, source=contact.source))
    if owner is not None:
        record(ContactAssigned(contact=contact, person=owner))
    return contact


def _birthday(given: str) -> str:
    """The birthday in its one form, empty for none. Raises Invalid."""
    if not given.strip():
        return ""
    found = birthday_of(given, timezone.localdate())
    if found is None:
        told = _("This is no birthday. Write it such as 1980-03-06, or 03-06 without the year.")
        raise Invalid(errors=[FieldError("/birthday", told)])
    return found


def _ways(given: Mapping[str, str], country: str) -> dict[str, str]:
    found: dict[str, str] = {}
    errors = []
    for kind, text in given.items():
        value = one_form(kind, text, country or "CN") if text.strip() else ""
        if value is None:
            errors.append(wrong_point(kind, f"/{kind}"))
        else:
            found[kind] = value
    if errors:
        raise Invalid(errors=errors)
    return found


@action
def change_contact(
    *, contact: Contact, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Contact:
    """Change fields; another main e-mail or phone is kept among the ways to reach the contact.

    `seen` are the values the editor saw. Raises Invalid for what is no e-mail or phone number.
    """
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    tidy = dict(changes)
    if isinstance(tidy.get("country"), str):
        tidy["country"] = tidy["country"].strip().upper()
    country = str(tidy.get("country") or contact.country)
    for kind in ("email", "phone"):
        if tidy.get(kind):
            tidy[kind] = checked(kind, str(tidy[kind]), country, f"/{kind}")
    if isinstance(tidy.get("birthday"), str):
        tidy["birthday"] = _birthday(tidy["birthday"])
    before = {"email": contact.email, "phone": contact.phone}
    changed = apply_changes(contact, tidy, seen=seen)
    if not changed:
        return contact
    _follow(contact, before, changes)
    _refuse_wrong(contact)
    contact.save()
    if "account" in changed and contact.account is not None:
        Membership.objects.get_or_create(contact=contact, account=contact.account)
    record(ContactChanged(contact=contact, changes=changed))
    return contact


def _follow(contact: Contact, before: Mapping[str, str], given: Mapping[str, Any]) -> None:
    """Let the points follow a main e-mail or phone that was changed or emptied."""
    for kind, old in before.items():
        new = getattr(contact, kind)
        if new and new != old:
            put_point(contact, kind, str(given[kind]), new, main=True)
        elif old and not new:
            for point in points_like(contact, kind).filter(value=old):
                point.contact = contact
                drop_point(point)


@action
def join_account(
    *,
    contact: Contact,
    account: Account,
    role: Annotated[str, Ask(gettext_lazy("Role"))] = "",
    by: Actor,
) -> Membership:
    """Note that the contact belongs to an account; its first one is its main one.

    Raises AlreadyMember where it does already.
    """
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    if Membership.objects.filter(contact=contact, account=account).exists():
        raise AlreadyMember(
            _("%(contact)s belongs to %(account)s already.")
            % {"contact": contact.name, "account": account.name},
            field="/account",
        )
    membership = Membership(contact=contact, account=account, role=role.strip()[:120])
    membership.save()
    if contact.account is None:
        contact.account = account
        contact.save()
    record(AccountJoined(contact=contact, account=account, role=membership.role))
    return membership


@action
def leave_account(*, contact: Contact, account: Account, by: Actor) -> Contact:
    """Note that the contact belongs to an account no longer; where it was the main one, another takes its place.

    Raises Invalid where the contact does not belong to it.
    """
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    membership = Membership.objects.filter(contact=contact, account=account).first()
    if membership is None and contact.account_id != account.pk:
        raise Invalid(errors=[FieldError("/account", _("The contact does not belong to this account."))])
    if membership is not None:
        membership.delete()
    if contact.account_id == account.pk:
        other = Membership.objects.filter(contact=contact).order_by("pk").first()
        contact.account = other.account if other else None
        contact.save()
    record(AccountLeft(contact=contact, account=account))
    return contact


@action
def assign_contact(
    *,
    contact: Contact,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    by: Actor,
) -> Contact:
    """Say who looks after the contact (None: nobody)."""
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    before = contact.owner
    contact.give_to(person, timezone.now())
    contact.save()
    record(ContactAssigned(contact=contact, person=person, before=before, reason=reason))
    return contact
