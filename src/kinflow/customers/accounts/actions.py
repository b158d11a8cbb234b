"""All that can be done with accounts."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.phones import e164
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes, plain
from kinflow.records.faces import Ask

from .events import AccountAdded, AccountAssigned, AccountChanged, AccountStageChanged
from .models import Account
from .queries import ancestors_of
from .rules import ACTUAL, GRADES, INDUSTRIES, LIFE_STAGES, closes_circle, is_country


class ParentCircle(Conflict):
    """An account would belong to itself."""

    code = "parent-circle"


def _refuse_wrong(account: Account) -> None:
    errors = []
    if not account.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if account.life_stage not in dict(LIFE_STAGES):
        errors.append(FieldError("/life_stage", _("Choose one of the values.")))
    if account.grade and account.grade not in dict(GRADES):
        errors.append(FieldError("/grade", _("Choose one of the values.")))
    if account.industry and account.industry not in dict(INDUSTRIES):
        errors.append(FieldError("/industry", _("Choose one of the values.")))
    if account.customer_since is not None and account.customer_since > timezone.localdate():
        errors.append(FieldError("/customer_since", _("This day is still to come.")))
    if not is_country(account.country):
        errors.append(FieldError("/country", _("Give the country's code of two letters, such as CN.")))
    if errors:
        raise Invalid(errors=errors)
    _refuse_circle(account)


def _note_customer(account: Account) -> bool:
    """Note today as the first day of a customer of whom none is known; whether it was noted."""
    if account.life_stage != ACTUAL or account.customer_since is not None:
        return False
    account.customer_since = timezone.localdate()
    return True


def _refuse_circle(account: Account) -> None:
    parent = account.parent
    if parent is not None and closes_circle(account.pk, ancestors_of(parent)):
        raise ParentCircle(
            _("%(parent)s belongs to %(account)s itself.") % {"parent": parent.name, "account": account.name},
            field="/parent",
            remedy=_("Choose another parent, or take this account out of the other's parents first."),
        )


def _phone(text: str, country: str) -> str:
    """The number in E.164 where it is one; a switchboard's extension and the like stay as they were written."""
    return e164(text, country or "CN") or text.strip()


@action
def add_account(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    life_stage: Annotated[str, Ask(gettext_lazy("Stage of life"), choices=LIFE_STAGES)] = "potential",
    grade: Annotated[str, Ask(gettext_lazy("Grade"), choices=[("", "–"), *GRADES])] = "",
    industry: Annotated[str, Ask(gettext_lazy("Industry"), choices=[("", "–"), *INDUSTRIES])] = "",
    country: Annotated[str, Ask(gettext_lazy("Country"), help=gettext_lazy("Two letters, such as CN"))] = "",
    province: Annotated[str, Ask(gettext_lazy("Province"))] = "",
    city: Annotated[str, Ask(gettext_lazy("City"))] = "",
    address: Annotated[str, Ask(gettext_lazy("Address"))] = "",
    phone: Annotated[str, Ask(gettext_lazy("Phone"))] = "",
    website: Annotated[str, Ask(gettext_lazy("Website"))] = "",
    parent: Annotated[Account | None, Ask(gettext_lazy("Parent account"))] = None,
    customer_since: Annotated[date | None, Ask(gettext_lazy("Customer since"))] = None,
    source: Annotated[str, Ask(gettext_lazy("Source"))] = "",
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    by: Actor,
) -> Account:
    """Take in an organisation or household; two accounts may have the same name.

    `country` is an ISO 3166 code of two letters. Raises Invalid naming each value that is wrong.
    """
    permit(by, kind="account")
    country = country.strip().upper()
    account = Account(
        name=name.strip(),
        life_stage=life_stage,
        grade=grade,
        industry=industry,
        country=country,
        province=province.strip(),
        city=city.strip(),
        address=address.strip(),
        phone=_phone(phone, country),
        website=website.strip(),
        parent=parent,
        customer_since=customer_since,
        source=source.strip(),
    )
    _note_customer(account)
    _refuse_wrong(account)
    if owner is not None:
        account.give_to(owner, timezone.now())
    account.save()
    record(AccountAdded(account=account, life_stage=life_stage, source=account.source))
    if owner is not None:
        record(AccountAssigned(account=account, person=owner))
    return account


@action
def change_account(
    *, account: Account, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Account:
    """Change fields; another stage of life is told as such. `seen` are the values the editor saw.

    Raises ParentCircle where the account would belong to itself.
    """
    account = hold(account)
    permit(by, account)
    changed = apply_changes(account, _tidied(account, changes), seen=seen)
    if not changed:
        return account
    noted = "life_stage" in changed and _note_customer(account)
    _refuse_wrong(account)
    account.save()
    stages = changed.pop("life_stage", None)
    if stages is not None:
        since = plain(account.customer_since) if noted else ""
        record(
            AccountStageChanged(
                account=account, from_stage=stages[0], to_stage=stages[1], customer_since=since
            )
        )
    if changed:
        record(AccountChanged(account=account, changes=changed))
    return account


def _tidied(account: Account, changes: Mapping[str, Any]) -> dict[str, Any]:
    tidy = dict(changes)
    if isinstance(tidy.get("country"), str):
        tidy["country"] = tidy["country"].strip().upper()
    if isinstance(tidy.get("phone"), str):
        country = tidy.get("country")
        tidy["phone"] = _phone(tidy["phone"], country if isinstance(country, str) else account.country)
    return tidy


@action
def move_account(
    *,
    account: Account,
    life_stage: Annotated[str, Ask(gettext_lazy("Stage of life"), choices=LIFE_STAGES)],
    by: Actor,
) -> Account:
    """Take the account to another stage of its life with us."""
    permit(by, account)
    return change_account(account=account, changes={"life_stage": life_stage}, by=by)


@action
def assign_account(
    *,
    account: Account,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    card: Mapping[str, Any] | None = None,
    by: Actor,
) -> Account:
    """Give the account to a person (None: hand it back), with the score card or a person's reason."""
    account = hold(account)
    permit(by, account)
    before = account.owner
    account.give_to(person, timezone.now())
    account.save()
    record(
        AccountAssigned(account=account, person=person, before=before, card=dict(card or {}), reason=reason)
    )
    return account
