"""What is said of each principle: evidence for and against, and the verdict that follows from it.

The principles are Hammer's (Reengineering Work: Don't Automate, Obliterate. Harvard Business Review 68(4), 1990), the
seventh, of customers and suppliers, from Hammer and Champy (Reengineering the Corporation, 1993).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

OUTCOMES, COLLECTED, SCATTERED, PARALLEL, TOGETHER, ONCE, INSIDE = PRINCIPLES = (
    "outcomes",
    "collected",
    "scattered",
    "parallel",
    "together",
    "once",
    "inside",
)
Speaks = Literal["for", "against", ""]
"""For the principle being kept, against it, or neither."""
Verdict = Literal["kept", "partly", "not_kept", "unknown"]


@dataclass(frozen=True)
class Evidence:
    """One thing that was measured: `code` names its sentence, `facts` fill it in.

    `elements` are the ids of the design's elements behind it; `finding` is the key of the finding in the log that it
    is. Evidence without a finding is of the design unless `of_log`.
    """

    principle: str
    code: str
    speaks: Speaks = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    elements: tuple[str, ...] = ()
    finding: str = ""
    of_log: bool = False


def verdict_of(evidence: Iterable[Evidence]) -> Verdict:
    """Kept where evidence speaks for it and none against, not kept the other way round, partly where both; unknown
    where none speaks."""
    said = {each.speaks for each in evidence}
    if "for" in said:
        return "partly" if "against" in said else "kept"
    return "not_kept" if "against" in said else "unknown"
