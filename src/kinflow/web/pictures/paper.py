"""The colours of the design on paper: the light side of its tokens, as every program understands them."""

PAPER = {
    "ground": "#f9fafb",
    "surface": "#ffffff",
    "raised": "#ffffff",
    "sunk": "#f2f3f6",
    "edge": "#e1e3e7",
    "edge-strong": "#c7cbd1",
    "ink": "#1b1f27",
    "ink-2": "#4e535b",
    "ink-3": "#6a6f78",
    "accent": "#345dba",
    "accent-soft": "#e9f0ff",
    "on-accent": "#ffffff",
    "good": "#167645",
    "good-soft": "#e1f7e7",
    "warn": "#955905",
    "warn-soft": "#fef0d8",
    "bad": "#be2e31",
    "bad-soft": "#ffedeb",
}
"""By the names of `tokens.css`; drawings that are to be saved say `fill="var(--ink)"` as an attribute."""
