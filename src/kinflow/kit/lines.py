"""One line of text as it is kept: what it looks like is what it says."""

import re

TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")
"""Marks that cannot be seen and let text run the other way, over what stands beside it."""


def straight(text: str) -> str:
    r"""A line without marks that turn text round, which come along when it is copied from elsewhere.

    Letters of every script stay, and so do the joiners of emoji: which way they run, they say themselves.

    >>> straight("gpj.\u202eexe"), straight("\u202d+86 138\u202c"), straight("海天 شركة")
    ('gpj.exe', '+86 138', '海天 شركة')
    """
    return text if text.isascii() else TURNS.sub("", text)
