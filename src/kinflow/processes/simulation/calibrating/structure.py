"""What a model may be like; which it is, is chosen by what foretells best within the earlier part of the log."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Structure:
    """One way to make a scenario of a log.

    - `people`: work waits for people with their hours. Else all time between steps is delay as it passed, whatever its
      reason: nothing is said of who does the work, and nothing about it has to be assumed.
    - `whole`: each case goes and takes as one past case did. Else way and times are drawn step by step.
    - `fading`: a case tells half as much of how cases go as one that came so large a share of all cases later; 0: all
      tell alike.
    """

    people: bool = True
    whole: bool = False
    fading: float = 0.0


FADINGS = (0.5, 0.25, 0.125)
STRUCTURES = tuple(Structure(people, whole) for people in (True, False) for whole in (False, True))
"""What is tried, in order of preference: what tells more comes first."""
