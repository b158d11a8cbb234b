"""Whether to trust a model: how far it was off, beside chance, and beside what the earlier cases alone would foretell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal["good", "caution", "changed", "bad"]
BAD: Final = "bad"
ORDER: tuple[Verdict, ...] = ("good", "caution", "changed", "bad")
NEAR, FAR = 0.15, 0.35
"""A distance of at most this share of the real mean is good enough to trust; up to the other, with caution."""
AS_FAR = 1.1
"""The past is as far off as a model that is off by no more than so many times as much."""
CLEARLY = 1.2
"""Later cases differ from the earlier ones by themselves where these are off by so many times what chance explains."""


@dataclass(frozen=True)
class Off:
    """How far a model is off in one respect, as shares of the real mean.

    `chance` is what two samples of the real cases stay below in 95 of 100 draws, `past` how far off the earlier cases are
    that are taken unchanged for the later ones.
    """

    model: float
    chance: float = 0.0
    past: float = 0.0

    @property
    def is_near(self) -> bool:
        """Whether it is near enough to trust. What lies within chance is: nothing could be nearer."""
        return self.model <= max(NEAR, self.chance)

    @property
    def is_far(self) -> bool:
        """Whether it is too far off even for caution."""
        return self.model > max(FAR, self.chance)

    @property
    def is_as_past(self) -> bool:
        """Whether the later cases differ from the earlier by themselves, and the model is no farther off than that."""
        return self.past > max(NEAR, CLEARLY * self.chance) and self.model <= AS_FAR * self.past

    def verdict(self, *, fits: bool) -> Verdict:
        """What this respect alone says; `fits` whether the model tells the earlier part, which it was made of."""
        if self.is_near:
            return "good"
        if not self.is_far:
            return "caution"
        return "changed" if self.is_as_past and fits else BAD


def judged(parts: Mapping[str, Off], fit: Off) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict, which is that of the worst part, and what speaks against the model.

    Where the later cases differ from the earlier ones by themselves, no model that was made before could have known it: a
    model that is no farther off than the earlier cases are, and that tells these, is not to blame for that.
    """
    fits = not fit.is_far
    found: list[Verdict] = [each.verdict(fits=fits) for each in parts.values()]
    worst: Verdict = max(found, key=ORDER.index, default=BAD)
    against = [name for name, each in parts.items() if not each.is_near]
    against += [f"{name}_as_past" for name in against if parts[name].is_as_past]
    if against and not fits:
        against.append("no_fit")
    return worst, tuple(against)
