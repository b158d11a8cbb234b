"""Territories on record pages and on the rail: a territory's rule on its page, an account's territory on that one's."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from kinflow.conditions import EVERYTHING, sentence
from kinflow.customers.models import Account
from kinflow.eventlog import Actor
from kinflow.kit.place_words import place_words
from kinflow.organisation.models import Territory
from kinflow.records.access import visible
from kinflow.records.faces import RecordType
from kinflow.records.pages.composing import register_middle_part, register_side_part
from kinflow.records.pages.filters import names_in
from kinflow.web.places import SubPlace, register_sub

from .access import may_plan, sees_map, sees_plans
from .claims import claims_of, rules_now
from .models import USUAL_RANK, AccountTerritory
from .plans import people_of
from .rules import rule_of
from .tiles import accounts_url

NAMED_SHOWN = 5


def lines_of(territory_id: int, kept: Mapping[str, Any], by: Actor) -> list[str]:
    """A rule in words, line by line; of named accounts those that the reader sees."""
    rule, comma = rule_of(territory_id, kept), pgettext("between values", ", ")
    told = []
    if rule.places:
        told.append(_("Accounts in %(places)s") % {"places": comma.join(map(place_words, rule.places))})
    if rule.fault:
        told.append(rule.fault)
    elif rule.condition != EVERYTHING:
        told.append(sentence(rule.condition, names_in(rule.condition)))
    for ids, words in ((rule.named, _("Also: %(names)s")), (rule.left_out, _("Never: %(names)s"))):
        if ids:
            told.append(words % {"names": _called(ids, by)})
    if not told:
        told.append(_("Claims no account."))
    if rule.rank != USUAL_RANK:
        told.append(_("Rank %(rank)d") % {"rank": rule.rank})
    return told


def _called(ids: tuple[int, ...], by: Actor) -> str:
    seen = visible(by, Account.objects.filter(pk__in=ids)).order_by("pk")
    names = list(seen.values_list("name", flat=True)[:NAMED_SHOWN])
    rest, told = len(ids) - len(names), pgettext("between values", ", ").join(names)
    if not names:
        return ngettext("%(n)d account", "%(n)d accounts", rest) % {"n": rest}
    return _("%(names)s and %(rest)d more") % {"names": told, "rest": rest} if rest else told


def rule_card(face: RecordType, record: Any, by: Actor) -> str:
    """What a territory claims, on its page."""
    if face.name != "territory" or record.is_retired:
        return ""
    rule = next((r for r in rules_now() if r.territory_id == record.pk), None)
    if rule is None:
        return ""
    mine = AccountTerritory.objects.filter(territory=record, is_first=True).values("account_id")
    count = visible(by, Account.objects.order_by()).filter(pk__in=mine).count()
    told = {
        "territory": record,
        "lines": lines_of(record.pk, rule.kept(), by),
        "count": ngettext("%(n)d account", "%(n)d accounts", count) % {"n": count},
        "url": accounts_url({"field": "territory", "op": "any_of", "value": [record.pk]}),
        "people": people_of(record.pk),
        "may_plan": may_plan(by),
        "sees_map": sees_map(by),
    }
    return render_to_string("sales/territory_card.html", told)


def account_card(face: RecordType, record: Any, by: Actor) -> str:
    """Which territory has an account, and who else claims it, on its page."""
    if face.name != "account":
        return ""
    claims = claims_of([record.pk]).get(record.pk, [])
    if not claims and not AccountTerritory.objects.exists():
        return ""
    names = dict(Territory.objects.filter(pk__in=[c.territory_id for c in claims]).values_list("pk", "name"))
    told = {
        "first": (claims[0].territory_id, names[claims[0].territory_id]) if claims else None,
        "is_tied": bool(claims) and claims[0].is_tied,
        "others": [(c.territory_id, names[c.territory_id]) for c in claims[1:]],
        "people": people_of(claims[0].territory_id) if claims else [],
    }
    return render_to_string("sales/territory_side.html", told)


def show() -> None:
    """Register the cards and the places."""
    register_middle_part(rule_card)
    register_side_part(account_card)
    territories = SubPlace(
        gettext_lazy("Map of territories"),
        "/territories/map/",
        order=40,
        permitted=sees_map,
        text=gettext_lazy("Which territory has which accounts; gaps and overlaps"),
    )
    plans = SubPlace(
        gettext_lazy("Plans of territories"),
        "/territories/plans/",
        order=41,
        permitted=sees_plans,
        text=gettext_lazy("What another division would move"),
    )
    for place in ("sales", "organisation"):
        register_sub(place, territories)
    register_sub("organisation", plans)
