"""What a redesign did in the organisation, as it is kept to be taken back; and what could not be taken back."""

from typing import Any

Done = dict[str, Any]
"""A change that was made: what ("unit", "person", "added", "moved", "closed", "position", "posts", "taken_up",
"calendar", "policy"), of which row, and what was before and is now."""
Left = dict[str, Any]
"""A change that stays: what, of which row, and why ("changed" otherwise by somebody, "held" by somebody, "used")."""
