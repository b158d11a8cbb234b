"""Text from HTML: paragraphs, lists and links as one would type them, quoted parts marked with ">"."""

import re
from html import unescape
from itertools import islice

from lxml import etree, html

from .flaws import Flaws
from .lines import clean_text
from .nesting import DEEPEST_TEXT, nesting

_SKIPPED = frozenset(
    ("head", "script", "style", "title", "template", "noscript", "svg", "math", "object", "iframe")
)
_BLOCKS_NAMES = (
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr"
    " html li main nav ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_PARAGRAPHS_NAMES = "p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre"
_PARAGRAPHS = frozenset(_PARAGRAPHS_NAMES.split())
_QUOTE_MARKS = re.compile(
    r"(?i)\b(?:gmail_quote|yahoo_quoted|moz-cite|isReplyContent|reply_content|ntes-\w*quote"
    r"|OLK_SRC_BODY_SECTION"
    r"|original-content|divRplyFwdMsg|appendonsend|mail_quote|zmail_extra|protonmail_quote)\b"
)
_DEEPEST = 9  # ">" in front of a line
_LONGEST_LINK = 2_000


def text_of_html(markup: str, flaws: Flaws) -> str:
    """The text that a reader of the HTML sees."""
    markup = re.sub(r"^\s*<\?xml[^>]*>", "", markup.replace("\0", ""))
    if not markup.strip():
        return ""
    if nesting(markup) > DEEPEST_TEXT:
        return _without_tags(markup, flaws)
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
        tree = html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return _without_tags(markup, flaws)
    return clean_text(_Writer().written(tree))


def _without_tags(markup: str, flaws: Flaws) -> str:
    flaws.add("html-broken")
    seen = re.sub(r"(?is)<(script|style)\b.{0,20000}?</\1", " ", markup)
    return clean_text(re.sub(r"[ \t]+", " ", unescape(re.sub(r"<[^<>]{0,1000}>", " ", seen)))).strip()


class _Writer:
    """Writes lines while it walks the tree, without recursion: a tree may be deep."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []  # of the line being written
        self.empty_lines = 0  # wanted before the next text
        self.depth = 0
        self.is_kept = 0  # inside <pre>

    def written(self, tree: html.HtmlElement) -> str:
        """The text of the tree."""
        skipping: etree._Element | None = None
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if skipping is None and event == "start":
                if tag in _SKIPPED or _is_hidden(element):
                    skipping = element
                else:
                    self._open(element, tag)
            elif skipping is None:
                self._close(element, tag)
            elif event == "end" and element is skipping:
                skipping = None
            if event == "end" and skipping is None and element is not tree:
                self._text(element.tail or "")
        self._break(0)
        return "\n".join(self.lines)

    def _open(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(tag in _PARAGRAPHS)
        if tag == "br":
            self._end_line()
        self.depth += _is_quote(element, tag)
        self.is_kept += tag == "pre"
        if tag == "li":
            self._text("- ")
        elif tag == "hr":
            self._text("----------")
            self._break(0)
        elif tag == "img" and (shown := (element.get("alt") or "").strip()):
            self._text(f"[{shown[:200]}]")
        self._text(element.text or "")

    def _close(self, element: etree._Element, tag: str) -> None:
        if tag in ("td", "th"):
            self._text(" ")
        elif tag == "a":
            self._link(element)
        if tag in _BLOCKS:
            self._break(tag in _PARAGRAPHS)
        self.depth -= _is_quote(element, tag)
        self.is_kept -= tag == "pre"

    def _link(self, element: etree._Element) -> None:
        """Name a link's target where the text does not."""
        target = (element.get("href") or "").strip()
        if not target.startswith(("http://", "https://")) or len(target) > _LONGEST_LINK:
            return
        shown = "".join(str(text) for text in islice(element.itertext(), 100)).strip(" \n/")
        if shown and shown not in (target.strip("/"), target.split("://", 1)[1].strip("/")):
            self._text(f" <{target}>")

    def _text(self, text: str) -> None:
        if self.is_kept:
            first, *more = text.split("\n")
            self.pieces.append(first)
            for line in more:
                self._end_line()
                self.pieces.append(line)
            return
        spaced = re.sub(r"[ \t\r\n\f\v\xa0]+", " ", text)
        after_space = not self.pieces or self.pieces[-1].endswith(" ")
        if shown := spaced.lstrip() if after_space else spaced:
            self.pieces.append(shown)

    def _break(self, empty_lines: int) -> None:
        """The next text stands on a new line, after so many empty ones."""
        if any(piece.strip() for piece in self.pieces):
            self._end_line()
        self.pieces = []
        self.empty_lines = max(self.empty_lines, empty_lines) if self.lines else 0

    def _end_line(self) -> None:
        written = "".join(self.pieces)
        line = written.rstrip() if self.is_kept else written.strip()
        mark = ">" * min(self.depth, _DEEPEST)
        if line and self.empty_lines and self.lines and self.lines[-1].strip(" >"):
            before = self.lines[-1]
            self.lines.append(mark[: len(before) - len(before.lstrip(">"))])
        self.lines.append(f"{mark} {line}".rstrip() if mark else line)
        self.pieces, self.empty_lines = [], 0


def _is_quote(element: etree._Element, tag: str) -> bool:
    if tag == "blockquote":
        return True
    return tag == "div" and bool(_QUOTE_MARKS.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None
