"""Pictures drawn by the server: the page colours them by its tokens, a file brings its colours along."""

from xml.sax.saxutils import escape, quoteattr

FONT = "Inter, 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif"
COLOURS = {
    "--surface": "#ffffff",
    "--ground": "#fbfbfd",
    "--sunk": "#f3f4f7",
    "--edge": "#e2e4ea",
    "--edge-strong": "#c9cdd6",
    "--ink": "#20242c",
    "--ink-2": "#4c525e",
    "--ink-3": "#6a707c",
    "--accent": "#3457b8",
    "--accent-soft": "#eaf0fd",
    "--bad": "#b93a32",
}
RULES = """
.structure-picture { font-family: var(--font); }
.structure-picture text { fill: var(--ink-2); font-size: 11px; }
.structure-picture .name { fill: var(--ink); font-size: 12px; font-weight: 600; }
.structure-picture .box { fill: var(--surface); stroke: var(--edge-strong); }
.structure-picture .line { fill: none; stroke: var(--edge-strong); }
.structure-picture .tie { fill: none; stroke: var(--ink-3); stroke-opacity: 0.35; }
.structure-picture .tie.across { stroke: var(--accent); stroke-opacity: 0.75; }
.structure-picture .node { fill: var(--surface); stroke: var(--ink-3); }
"""
"""What the page's style sheet says, too."""


def picture(body: str, *, width: float, height: float, label: str) -> str:
    """A drawing of this size as SVG; `label` is what screen readers say it is."""
    return (
        f'<svg class="structure-picture" role="group" aria-label={quoteattr(label)} viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def as_file(drawing: str) -> str:
    """The same as a file of its own: with its colours, on white."""
    colours = "".join(f"{name}: {value}; " for name, value in COLOURS.items())
    style = f"<style>svg {{ --font: {FONT}; {colours}background: #fff; }}{RULES}</style>"
    begin = drawing.index(">") + 1
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing[:begin]}{style}{drawing[begin:]}\n'


def text(x: float, y: float, words: str, kind: str = "", more: str = "") -> str:
    """A line of words."""
    named = f" class={quoteattr(kind)}" if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{named}{more}>{escape(words)}</text>'


def linked(inner: str, address: str, title: str) -> str:
    """Something that leads somewhere, with words for who points at it."""
    told = f"<title>{escape(title)}</title>" if title else ""
    return f"<a href={quoteattr(address)}><g>{told}{inner}</g></a>" if address else f"<g>{told}{inner}</g>"
