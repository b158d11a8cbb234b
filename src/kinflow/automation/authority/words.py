"""How a policy's questions are put."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.records.matters import matters

from .models import Policy


def question_words(policy: Policy, facts: Mapping[str, Any], asker: str) -> str:
    """The question, in the active language: Discount: Discount (%) 12, Discount before (%) 0? Li Lei asks."""
    matter = matters[policy.matter]
    told = _(", ").join(
        f"{fact.label} {facts[fact.name]}" for fact in matter.facts if facts.get(fact.name) not in (None, "")
    )
    return _("%(matter)s – may %(who)s? %(facts)s") % {"matter": matter.label, "who": asker, "facts": told}
