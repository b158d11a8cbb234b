"""After which step a role is called: its most frequent one, or the one with the most work where that takes none."""

from collections.abc import Mapping
from typing import Any


def called_after(facts: Mapping[str, Any]) -> dict[str, str]:
    """By role the step that names it: that by which it is known if it takes time, else that with the most work in all.

    The most frequent step may be a mere mark, such as a discount that is set when a quote was written.
    """
    found: dict[str, tuple[float, str]] = {}
    for each in facts.get("steps", ()):
        role, work = each.get("role", ""), float(each.get("count") or 0) * float(each.get("mean") or 0)
        if role == each["activity"] and work:
            work = float("inf")
        most, name = found.get(role, (0.0, role))
        found[role] = (work, each["activity"]) if work > most else (most, name)
    return {role: name for role, (_work, name) in found.items() if role}
