"""The upright parts of flows between two columns, each on a track of its own where they would cover each other."""

from dataclasses import dataclass


@dataclass
class Upright:
    """A part of flows that share it: from where it is reached on the left and left on the right, as heights;
    its track.
    """

    lefts: set[float]
    rights: set[float]
    track: int = 0

    @property
    def top(self) -> float:
        """Its upper end."""
        return min(self.lefts | self.rights)

    @property
    def bottom(self) -> float:
        """Its lower end."""
        return max(self.lefts | self.rights)


def on_tracks(uprights: list[Upright]) -> int:
    """Numbers the tracks from left to right and says how many there are.

    A part reached at some height from the left stands before a part left at that height to the right, so that
    two flows do not cover each other; where that would go in circles, the order of the list decides.
    """
    before: dict[int, set[int]] = {index: set() for index in range(len(uprights))}
    for index, one in enumerate(uprights):
        for other_index, other in enumerate(uprights):
            if index != other_index and one.lefts & other.rights:
                before[other_index].add(index)
    done: dict[int, None] = {}
    waiting = sorted(before, key=lambda index: (uprights[index].top, index))
    while waiting:
        ready = next((index for index in waiting if before[index] <= done.keys()), waiting[0])
        waiting.remove(ready)
        one = uprights[ready]
        least = 0
        for index in done:
            other = uprights[index]
            if index in before[ready]:
                least = max(least, other.track + 1)
        taken = {
            uprights[index].track
            for index in done
            if uprights[index].top <= one.bottom and one.top <= uprights[index].bottom
        }
        while least in taken:
            least += 1
        one.track = least
        done[ready] = None
    return 1 + max((one.track for one in uprights), default=-1)
