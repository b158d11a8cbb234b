"""What must be there before an activity is finished: said by whoever is above activities and waits for their end."""

from collections.abc import Callable

from kinflow.kit.problem import FieldError

from .models import Activity

Check = Callable[[Activity, str], list[FieldError]]
"""From an activity and its result to what is missing."""
checks: list[Check] = []


def missing_for(activity: Activity, result: str) -> list[FieldError]:
    """All that is missing for the activity to be finished with this result."""
    return [error for check in checks for error in check(activity, result)]
