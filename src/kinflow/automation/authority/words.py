"""How a policy's questions are put."""

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from kinflow.records.matters import matters

from .models import Policy


def _written(sort: str, value: Any) -> str:
    """A fact as people write it: 11,580 for 11580.00."""
    return floatformat(value, "-2g") if sort == "number" else str(value)


def question_words(policy: Policy, facts: Mapping[str, Any], asker: str) -> str:
    """The question, in the active language: Discount: Discount (%) 12, Discount before (%) 0? Li Lei asks."""
    matter = matters[policy.matter]
    told = _(", ").join(
        f"{fact.label} {_written(fact.sort, facts[fact.name])}"
        for fact in matter.facts
        if facts.get(fact.name) not in (None, "")
    )
    return _("%(matter)s – may %(who)s? %(facts)s") % {"matter": matter.label, "who": asker, "facts": told}
