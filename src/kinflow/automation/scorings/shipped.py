"""Six sensible scorings, one for each kind of work, for a company that starts."""

from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as noop

from kinflow.eventlog import Actor, action
from kinflow.records.access import permit

from .actions import add_scoring
from .models import Scoring

_ALWAYS = ({"rule": "takes_work"}, {"rule": "present"}, {"rule": "has_room"})


def _criteria(**weights: float) -> list[dict[str, Any]]:
    return [{"criterion": name, "weight": weight, "parameters": {}} for name, weight in weights.items()]


def _role(*roles: str) -> list[dict[str, Any]]:
    return [{"rule": "has_role", "parameters": {"role": role}} for role in roles]


SHIPPED: dict[str, tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = {
    "lead": (
        noop("Leads by product, place and success"),
        _criteria(product_knowledge=25, territory=20, success=20, relation=15, industry_experience=10,
                  language=10, working_now=10, load=20, fairness=5),
        [*_role("representative"), *_ALWAYS, {"rule": "in_territory"}, {"rule": "speaks"}],
    ),
    "opportunity": (
        noop("Opportunities by relation and experience"),
        _criteria(relation=30, product_knowledge=20, success=20, seniority=15, industry_experience=10,
                  territory=10, language=10, load=20, fairness=5),
        [*_role("representative"), *_ALWAYS, {"rule": "speaks"}],
    ),
    "account": (
        noop("Accounts by place and grade"),
        _criteria(relation=30, territory=25, seniority=15, industry_experience=15, language=10, load=20,
                  fairness=5),
        [*_role("representative"), *_ALWAYS, {"rule": "in_territory"}],
    ),
    "case": (
        noop("Service requests by skill and shift"),
        _criteria(product_knowledge=30, working_now=25, success=15, language=15, relation=10, load=25,
                  fairness=5),
        [*_role("service_agent"), *_ALWAYS, {"rule": "speaks"}],
    ),
    "email": (
        noop("E-mails by language and shift"),
        _criteria(working_now=30, language=20, relation=15, product_knowledge=15, success=10, load=25,
                  fairness=10),
        [*_role("service_agent"), *_ALWAYS, {"rule": "speaks"}],
    ),
    "activity": (
        noop("Activities by relation and shift"),
        _criteria(relation=35, working_now=20, territory=15, product_knowledge=10, language=10, load=20,
                  fairness=10),
        [*_role("representative"), *_ALWAYS],
    ),
}  # fmt: skip


@action
def add_shipped_scorings(*, by: Actor) -> list[Scoring]:
    """Add the scorings the product comes with; those that were added once, even if changed since, are left alone."""
    permit(by, kind="scoring")
    known = set(Scoring.objects.exclude(shipped_as="").values_list("shipped_as", flat=True))
    return [_add(kind, by) for kind in SHIPPED if kind not in known]


def _add(kind: str, by: Actor) -> Scoring:
    words, criteria, eligibility = SHIPPED[kind]
    with override("en"):
        name = gettext(words)
    with override("zh-hans"):
        name_zh = gettext(words)
    if Scoring.objects.filter(kind=kind, name=name).exists():
        name = f"{name} (2)"
    return add_scoring(
        kind=kind,
        name=name,
        name_zh=name_zh,
        criteria=criteria,
        eligibility=eligibility,
        position=100,
        shipped_as=kind,
        by=by,
    )


def shipped_scorings(by: Actor) -> list[Scoring]:
    """The six scorings the product comes with, added where they are missing."""
    add_shipped_scorings(by=by)
    return list(Scoring.objects.exclude(shipped_as="").order_by("kind"))
