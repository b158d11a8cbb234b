"""XML read tag by tag in bounded memory: no entities, no document type, no network, no depth without end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from .limits import LogLimits, broken, unsafe

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]
MOST_NODES = 2_000_000  # below one element that is taken as a whole


@dataclass
class Progress:
    """How far a parser is: bytes that it was given and that make up nothing whole yet."""

    unread: int = 0


def fed(
    blocks: Iterable[bytes],
    limits: LogLimits,
    start: Start,
    end: End,
    text: Text | None = None,
    progress: Progress | None = None,
) -> Iterator[None]:
    """Give the tags in the blocks to the functions; yields after each block, with the progress noted.

    Raises UnreadableFile for XML that is damaged or declares a document type, and for tags without end.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    if hasattr(parser, "SetReparseDeferralEnabled"):
        parser.SetReparseDeferralEnabled(False)  # tags are told as soon as they are whole
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    progress = progress or Progress()
    size = 0
    try:
        for block in blocks:
            parser.Parse(block)
            size += len(block)
            progress.unread = size - parser.CurrentByteIndex
            if progress.unread > limits.token:
                raise broken(_("This XML file has a tag of more than %d MB.") % (limits.token >> 20))
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        where = {"line": error.lineno, "why": expat.ErrorString(error.code)}
        raise broken(_("This XML file is damaged in line %(line)s: %(why)s.") % where) from None
    except (UnicodeError, LookupError):
        raise broken(
            _("This XML file has a character set that is not read, or characters that are none.")
        ) from None
    except ValueError:
        raise broken(
            _("This XML file has a character set that is not read, or characters that are none."),
            _("Save it as UTF-8."),
        ) from None


def _refuse(*_declared: Any) -> None:
    raise unsafe()


@dataclass(slots=True)
class Node:
    """An element with all that is below it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    nodes: "list[Node]" = field(default_factory=list)


def nodes_at(blocks: Iterable[bytes], limits: LogLimits, depth: int) -> Iterator[tuple[str, Node]]:
    """Each element at the depth (the root is 1), as a whole, with the tag that it lies in."""
    taking = _Taking(limits, depth)
    for _block in fed(blocks, limits, taking.start, taking.end, taking.text):
        ready, taking.ready = taking.ready, []
        yield from ready


class _Taking:
    """Builds elements from a depth on."""

    def __init__(self, limits: LogLimits, depth: int) -> None:
        self.limits, self.wanted = limits, depth
        self.depth, self.count = 0, 0
        self.path: list[str] = []
        self.open: list[Node] = []
        self.ready: list[tuple[str, Node]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise broken(_("This XML file is nested too deep."))
        if self.depth < self.wanted:
            self.path[self.depth - 1 :] = [tag]
            return
        self.count = self.count + 1 if self.open else 1
        if self.count > MOST_NODES:
            raise broken(_("One element of this XML file is far too large for a log."))
        node = Node(tag, attributes)
        if self.open:
            self.open[-1].nodes.append(node)
        self.open.append(node)

    def text(self, text: str) -> None:
        """Text between tags."""
        if self.open:
            self.open[-1].text += text

    def end(self, _tag: str) -> None:
        """A tag closes."""
        self.depth -= 1
        if self.open:
            node = self.open.pop()
            if not self.open:
                self.ready.append((self.path[-1] if self.path else "", node))
