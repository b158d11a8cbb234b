"""All that can be done with policies and values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.matters import matters
from kinflow.records.versions import read_text, refuse_strangers

from ..decisions.actions import add_table, in_use, put_table_live
from ..decisions.models import DecisionTable
from ..decisions.outcomes import ALONE, SUPERIOR, WHO
from .events import (
    PolicyAdded,
    PolicyChanged,
    PolicySwitchedOff,
    PolicySwitchedOn,
    ValueStated,
    ValueWithdrawn,
)
from .models import CompanyValue, Policy
from .naming import called

MOST_VALUES = 20
CURRENCY = "CNY"
"""In which the limits of new policies are."""


def first_content(matter: str, limit: str = "") -> dict[str, Any]:
    """The table that a policy begins with: up to a limit (or from it on) alone, else whom they report to.

    Of money the total counts, so that small amounts add up, and in the company's currency alone.
    """
    ruled = matters[matter]
    counted = ruled.counted or ruled.facts[0].name
    sign, usual = ruled.alone.split()
    asked = [(counted, ">= 0", f"{sign} {limit or usual}")]
    asked += [(ruled.currency, "", CURRENCY)] if ruled.currency else []
    return {
        "hit": "first",
        "collect": "",
        "inputs": [
            {"expression": f"event.{name}", "label": "", "label_zh": "", "allowed": allowed}
            for name, allowed, _cell in asked
        ],
        "outputs": [
            {"name": WHO, "label": "Who decides", "label_zh": "谁决定", "sort": "text", "values": []}
        ],
        "rows": [
            {"when": [cell for _name, _allowed, cell in asked], "then": [ALONE], "note": ""},
            {"when": ["-"] * len(asked), "then": [SUPERIOR], "note": ""},
        ],
    }


def _names(given: Mapping[str, Any]) -> dict[str, str]:
    errors: list[FieldError] = []
    names = {name: read_text(given, name, errors) for name in ("name", "name_zh")}
    if not names["name"] and not errors:
        errors.append(FieldError("/name", _("Give it a name.")))
    if errors:
        raise Invalid(errors=errors)
    return names


@action
def add_policy(
    *, matter: str, name: str, name_zh: str = "", content: Mapping[str, Any] | None = None, by: Actor
) -> Policy:
    """Add the policy of a matter, with its table as a draft; it rules nothing before it is switched on.

    Raises Invalid: an unknown matter, one that has a policy, a name that is taken, a table that is none.
    """
    permit(by, kind="policy")
    if matter not in matters:
        raise Invalid(errors=[FieldError("/matter", _("Choose one of the values."))])
    if Policy.objects.filter(matter=matter).exists():
        raise Invalid(errors=[FieldError("/matter", _("This matter has a policy already."))])
    names = _names({"name": name, "name_zh": name_zh})
    table = add_table(
        kind=matters[matter].kind, matter=matter, content=content or first_content(matter), by=by, **names
    )
    policy = Policy(matter=matter, table=table, **names)
    policy.save()
    record(PolicyAdded(policy=policy))
    return policy


@action
def change_policy(*, policy: Policy, changes: Mapping[str, Any], by: Actor) -> Policy:
    """Change name, name_zh, or the values (their ids) it stands for. Raises Invalid."""
    policy = hold(policy)
    permit(by, policy)
    refuse_strangers(changes, ("name", "name_zh", "values"))
    for name, value in _names({"name": policy.name, "name_zh": policy.name_zh, **changes}).items():
        setattr(policy, name, value)
    policy.save()
    if "values" in changes:
        policy.values.set(_values(changes["values"]))
    record(PolicyChanged(policy=policy))
    return policy


def _values(given: Any) -> Sequence[CompanyValue]:
    ids = given if isinstance(given, list) else [given]
    found = CompanyValue.objects.in_bulk([pk for pk in ids if isinstance(pk, int)])
    if len(found) != len(ids):
        raise Invalid(errors=[FieldError("/values", _("Choose one of the values."))])
    return list(found.values())


@action
def switch_policy(*, policy: Policy, is_active: bool, by: Actor) -> Policy:
    """Let a policy rule its matter, by the newest version of its table where none counts yet; or no more.

    Raises Invalid where the rows of that table contradict each other.
    """
    policy = hold(policy)
    permit(by, policy)
    if is_active and policy.table.live_number is None:
        put_table_live(decisiontable=policy.table, by=by)
    if policy.is_active != is_active:
        policy.is_active = is_active
        policy.save()
        record(PolicySwitchedOn(policy=policy) if is_active else PolicySwitchedOff(policy=policy))
    return policy


@action
def state_value(
    *,
    name: str,
    name_zh: str = "",
    text: str = "",
    text_zh: str = "",
    value: CompanyValue | None = None,
    by: Actor,
) -> CompanyValue:
    """State a value of the company, or (with `value`) state it in other words. Raises Invalid, Conflict for too many."""
    permit(by, kind="companyvalue")
    given = {"name": name, "name_zh": name_zh}
    errors: list[FieldError] = []
    names = _names(given)
    meaning = {
        key: read_text({key: said}, key, errors, longest=500)
        for key, said in (("text", text), ("text_zh", text_zh))
    }
    if CompanyValue.objects.filter(name=names["name"]).exclude(pk=value.pk if value else 0).exists():
        errors.append(FieldError("/name", _("Another value has this name.")))
    if errors:
        raise Invalid(errors=errors)
    if value is None and CompanyValue.objects.count() >= MOST_VALUES:
        raise Conflict(
            _("There are %(most)d values: more are remembered by nobody.") % {"most": MOST_VALUES},
            remedy=_("Take one back first."),
        )
    row = hold(value) if value is not None else CompanyValue()
    for key, said in {**names, **meaning}.items():
        setattr(row, key, said)
    row.save()
    record(ValueStated(companyvalue=row))
    return row


@action
def withdraw_value(*, value: CompanyValue, by: Actor) -> None:
    """Do not state a value any more. Raises Conflict where a policy stands for it."""
    row = hold(value)
    permit(by, row)
    if policy := row.policies.first():
        raise Conflict(
            _("The policy “%(policy)s” stands for it.") % {"policy": called(policy)},
            remedy=_("Take it out there first."),
        )
    record(ValueWithdrawn(companyvalue=row, called=row.name))
    row.policies.clear()  # there are none, but deleting a value empties its links, and that is to be seen
    row.delete()


def needed_by_policy(table: DecisionTable) -> str:
    """Which policy needs a table; "" where none does."""
    policy = Policy.objects.filter(table=table).first()
    return _("The policy “%(policy)s” needs it.") % {"policy": called(policy)} if policy else ""


in_use.append(needed_by_policy)
