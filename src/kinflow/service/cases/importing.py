"""The import of cases: requests as service desks export them, with priority, state and times."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.importing import key_of, known_products
from kinflow.catalogue.products.models import Product
from kinflow.customers.importing.kinds import LONGEST
from kinflow.customers.importing.related import Related, bring_related
from kinflow.eventlog import Actor, Event, action, bulk
from kinflow.records.access import permit
from kinflow.records.importing.kinds import Importable, Row, Taken, fitted, register, register_remover
from kinflow.records.importing.mapping import plain
from kinflow.records.importing.targets import Target

from .due import due_time
from .events import (
    CaseAssigned,
    CaseClosed,
    CaseOpened,
    CaseResumed,
    CaseSolved,
    CaseTakenBack,
    CaseWaitingBegan,
)
from .models import Case
from .rules import CHANNELS, KINDS, PRIORITIES, STATUSES

Told = tuple[Event, datetime | None]
_CHANNEL_WORDS = {
    **{word: code for code, label in CHANNELS for word in (code, str(label).lower())},
    "e mail": "email",
    "mail": "email",
    "web": "portal",
    "self service": "portal",
    "website": "portal",
    "wechat": "wecom",
    "电话": "phone",
    "邮件": "email",
    "企业微信": "wecom",
    "微信": "wecom",
    "网站": "portal",
    "上门": "visit",
}


@cache
def case_targets() -> tuple[Target, ...]:
    """The fields of cases."""
    return fitted(
        "case",
        choices={"kind": KINDS, "priority": PRIORITIES, "status": STATUSES},
        fallbacks={"kind": "question", "priority": "normal", "status": "open"},
        longest={**LONGEST, "account": 300, "contact": 200},
    )


@action
def import_cases(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make a case of each row; its customer, product and owner are found, or noted."""
    permit(by, kind="case")
    now, taken, whole = timezone.now(), Taken(), []
    for row in rows:
        if _subject(row):
            whole.append(row)
        else:
            taken.refused[row.number] = _("Say in a few words what it is about.")
    products = known_products([row.values["product"] for row in whole if row.values.get("product")])
    made = [(one, _case(one, products, now)) for one in bring_related(whole, taken, now=now, by=by)]
    bulk.insert([case for _one, case in made])
    bulk.record_many(told for one, case in made for told in _told(case, one.at))
    new = {number for number, kind, _pk in taken.made if kind == "contact"}
    taken.known = sum(one.contact is not None and one.row.number not in new for one, _case in made)
    taken.made += [(one.row.number, "case", case.pk) for one, case in made]
    return taken


def _subject(row: Row) -> str:
    """The subject, else how the description begins, else the number in the other system."""
    values = row.values
    lines = values.get("description", "").strip().splitlines()
    if subject := values.get("subject") or (lines[0] if lines else ""):
        return str(subject)[:300]
    number = values.get("external_id")
    return (_("Request %(number)s") % {"number": number})[:300] if number else ""


def _case(one: Related, products: dict[str, Product], now: datetime) -> Case:
    row, values = one.row, one.row.values
    product = products.get(key_of(values.get("product", "")))
    channel = _channel(row)
    if values.get("product") and product is None:
        row.notes.append(_("Product: %(name)s") % {"name": values["product"]})
    if number := values.get("external_id"):
        row.notes.insert(0, _("Number in the other system: %(number)s") % {"number": number})
    case = bulk.like(
        _pattern(),
        subject=_subject(row),
        description="\n".join(
            filter(None, (values.get("description", ""), values.get("notes", ""), *row.notes))
        ),
        kind=values.get("kind") or "question",
        priority=values.get("priority") or "normal",
        status=values.get("status") or "new",
        account=one.account,
        contact=one.contact,
        product=product,
        channel=channel,
        language=values.get("language") or (one.contact.language if one.contact else ""),
        created_at=one.at or now,
        changed_at=one.at or now,
        opened_at=one.at or now,
    )
    for place in (one.contact, one.account):
        case.country = case.country or values.get("country") or (place.country if place else "")
        case.province = case.province or values.get("province") or (place.province if place else "")
    if one.owner is not None:
        case.give_to(one.owner, now)
    _end(case, values.get("closed_at"), now)
    case.due_at = values.get("due_at") or (due_time(case) if case.is_open else None)
    return case


@cache
def _pattern() -> Case:
    """What all new cases have in common."""
    return Case()


def _channel(row: Row) -> str:
    said = row.values.get("channel", "")
    found = _CHANNEL_WORDS.get(plain(said), "") if said else ""
    if said and not found:
        row.notes.append(_("Channel: %(name)s") % {"name": said})
        return "other"
    return found


def _end(case: Case, at: datetime | None, now: datetime) -> None:
    """When it was solved and closed, where it was."""
    if case.is_open:
        return
    ended = max(min(at or now, now), case.opened_at)
    case.solved_at = ended
    case.closed_at = ended if case.status == "closed" else None


def _told(case: Case, at: datetime | None) -> Iterable[Told]:
    contact = case.contact
    yield (
        CaseOpened(
            case=case,
            kind=case.kind,
            priority=case.priority,
            contact=contact,
            account=case.account,
            channel=case.channel,
        ),
        at,
    )
    if case.owner is not None:
        yield CaseAssigned(case=case, person=case.owner), None
    if case.status == "open":
        yield CaseResumed(case=case), at
    elif case.status == "waiting":
        yield CaseWaitingBegan(case=case, contact=contact), at
    if case.solved_at is not None:
        is_late = case.due_at is not None and case.solved_at > case.due_at
        yield CaseSolved(case=case, contact=contact, is_late=is_late), case.solved_at
    if case.closed_at is not None:
        yield CaseClosed(case=case), case.closed_at


@action
def take_back_cases(*, ids: Sequence[int], by: Actor) -> None:
    """Remove cases, as if they had never been imported."""
    permit(by, kind="case")
    found = list(Case.objects.filter(pk__in=ids))
    bulk.delete(Case.objects.filter(pk__in=ids))
    bulk.record_many((CaseTakenBack(case=one), None) for one in found)


CASES = register(
    Importable(
        "case", gettext_lazy("Service requests"), "service.open_case", case_targets, import_cases, order=40
    )
)
register_remover("case", 12, take_back_cases)
