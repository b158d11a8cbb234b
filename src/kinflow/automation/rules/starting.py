"""What rules need when the program starts: their steps, their moments, and the log to follow."""

from ..steps import kinds
from . import access, naming, schedules, states, taking_in
from .following import follow_rules

__all__ = ["access", "kinds", "naming", "schedules", "start_rules", "states", "taking_in"]


def start_rules() -> None:
    """Follow the log for the rules."""
    follow_rules()
