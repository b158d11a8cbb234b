"""What stages a pipeline has, and what their values must be."""

import re
from collections.abc import Sequence
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

DEFAULT_STAGES = [
    ("confirm", _("Confirm need"), "线索确认", 10),
    ("analyse", _("Analyse need"), "需求分析", 25),
    ("design", _("Design solution"), "方案设计", 40),
    ("quote", _("Quote"), "报价", 60),
    ("negotiate", _("Negotiate"), "谈判", 80),
]
T = TypeVar("T")


def is_probability(percent: int) -> bool:
    """Whether the number is a probability in percent."""
    return 0 <= percent <= 100


def code_of(name: str, taken: Sequence[str]) -> str:
    """A short code for a stage: the name's ASCII letters and digits, else "stage"; numbered where it is taken.

    >>> code_of("Site visit", []), code_of("现场勘察", ["stage"])
    ('site-visit', 'stage-2')
    """
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30] or "stage"
    code, number = plain, 1
    while code in taken:
        number += 1
        code = f"{plain}-{number}"
    return code


def moved(order: Sequence[T], item: T, to: int) -> list[T]:
    """The order with the item at another place, counted from 0; places beyond the end mean the end.

    >>> moved(["a", "b", "c"], "c", 0)
    ['c', 'a', 'b']
    """
    rest = [each for each in order if each != item]
    rest.insert(max(0, to), item)
    return rest
