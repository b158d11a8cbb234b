"""What the pictures of a benefit have in common: how both groups and the promise look, and the legend."""

from dataclasses import dataclass

from ..structure.pictures import words

LOOKS = (("var(--accent)", 2, ""), ("var(--ink-3)", 1, ' stroke-dasharray="5 3"'))
"""Colour, width and dashes of the new group and the comparison: paper may show neither colours nor dashes."""
PROMISE = "var(--ink)"
ROW = 18.0


@dataclass(frozen=True)
class Sheet:
    """The room of a picture: wide beside its table, narrow on a phone."""

    wide: float
    left: float = 46.0
    right: float = 16.0

    @property
    def across(self) -> float:
        """The room between the edges."""
        return self.wide - self.left - self.right

    @property
    def is_narrow(self) -> bool:
        """Whether words stand below each other."""
        return self.wide < 500


WIDE, NARROW = Sheet(680.0), Sheet(340.0, 40.0, 10.0)
SHEETS = {"wide": WIDE, "narrow": NARROW}


def legend(sheet: Sheet, names: tuple[str, str], promised: str = "") -> tuple[str, float]:
    """The legend at the top, and how high it is; `promised` is what the promise is called, if it is drawn."""
    parts, said = [], [*names, promised] if promised else [*names]
    for n, called in enumerate(said):
        x = 4.0 if sheet.is_narrow else sheet.left + n * sheet.across / 3
        y = 14 + ROW * n if sheet.is_narrow else 14.0
        if n < 2:
            colour, width, dashes = LOOKS[n]
            parts.append(
                f'<path d="M{x:g} {y:g}h22" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>'
            )
        else:
            parts.append(band(x, y - 6, 22, 12) + mark(x + 11, y - 6, 12))
        parts.append(words(x + 28, y + 4, called))
    return "".join(parts), 14 + ROW * (len(said) if sheet.is_narrow else 1)


def band(x: float, y: float, width: float, height: float) -> str:
    """Where the promise lies."""
    place = f'x="{x:.1f}" y="{y:g}" width="{max(width, 1):.1f}" height="{height:g}"'
    return f'<rect {place} fill="{PROMISE}" fill-opacity="0.12"/>'


def mark(x: float, y: float, height: float) -> str:
    """The promised value."""
    look = f'stroke="{PROMISE}" stroke-width="1.5" stroke-dasharray="1.5 2.5"'
    return f'<path d="M{x:.1f} {y:g}v{height:g}" fill="none" {look}/>'
