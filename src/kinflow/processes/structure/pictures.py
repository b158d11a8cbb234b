"""Shapes of pictures that the server draws, coloured by the design's tokens as page and file know them."""

from xml.sax.saxutils import escape, quoteattr


def picture(body: str, *, width: float, height: float, label: str) -> str:
    """A drawing of this size as SVG; `label` is what screen readers say it is."""
    return (
        f'<svg class="structure-picture" role="group" aria-label={quoteattr(label)} viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def name(x: float, y: float, words: str, more: str = "") -> str:
    """What something is called."""
    return f'<text x="{x:g}" y="{y:g}" font-size="12" font-weight="600" fill="var(--ink)"{more}>{escape(words)}</text>'


def words(x: float, y: float, said: str, more: str = "") -> str:
    """A line of smaller words."""
    return f'<text x="{x:g}" y="{y:g}" font-size="11" fill="var(--ink-2)"{more}>{escape(said)}</text>'


def box(x: float, y: float, width: float, height: float) -> str:
    """A box with a thin edge."""
    return (
        f'<rect class="box" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"'
        ' fill="var(--surface)" stroke="var(--edge-strong)"/>'
    )


def line(way: str) -> str:
    """A thin line along a path."""
    return f'<path d="{way}" fill="none" stroke="var(--edge-strong)"/>'


def linked(inner: str, address: str, title: str) -> str:
    """Something that leads somewhere (nowhere without an address), with words for who points at it."""
    told = f"<title>{escape(title)}</title>" if title else ""
    return f"<a href={quoteattr(address)}><g>{told}{inner}</g></a>" if address else f"<g>{told}{inner}</g>"
