"""A log as columns: what every measure of a process reads.

Whatever a log came from (ours, a file of another system), it is read once into integer codes sorted by case and time;
all that is counted, timed, discovered or diagnosed afterwards is passes over these columns.
"""

from .events import EventColumns, Labels, columns_of
from .ready import ready

__all__ = ["EventColumns", "Labels", "columns_of", "ready"]
