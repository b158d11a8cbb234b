"""When the answer of a rule's condition can change by the passing of time alone: as for all conditions."""

from kinflow.conditions.boundaries import depends_on_time, flips, next_flip, timeless

__all__ = ["depends_on_time", "flips", "next_flip", "timeless"]
