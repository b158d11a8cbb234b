"""What one node of BPMN 2.0 XML says."""

from lxml import etree

from .xml import MODEL

SEVERAL, LOOP = "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"
READ_OF_REPEATS = (
    "loopCardinality",
    "completionCondition",
    "loopCondition",
    "extensionElements",
    "documentation",
)


def text_of(node: etree._Element | None) -> str:
    """All text in a node, without spaces around it."""
    return (
        "".join(part for part in node.itertext() if isinstance(part, str)).strip() if node is not None else ""
    )


def local(node: etree._Element) -> str:
    """The name of a node of BPMN itself; nothing for nodes of vendors."""
    tag = node.tag
    prefix = f"{{{MODEL}}}"
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else ""


def plain(reference: str | None) -> str:
    """A reference without its prefix, as some tools write them."""
    return (reference or "").strip().rpartition(":")[2]


def how_repeated(node: etree._Element) -> str:
    """How an activity is repeated: parallel, sequential, loop, or "" for once."""
    if node.find(f"{{{MODEL}}}{LOOP}") is not None:
        return "loop"
    several = node.find(f"{{{MODEL}}}{SEVERAL}")
    if several is None:
        return ""
    return "sequential" if several.get("isSequential") == "true" else "parallel"


def of_compensation(node: etree._Element, part: str) -> str:
    """What an event that has other steps undone says of it."""
    told = node.find(f"{{{MODEL}}}compensateEventDefinition")
    return told.get(part, "") if told is not None else ""


def times_of(node: etree._Element) -> str:
    """How often an activity is done; of a loop, how often at most."""
    loop = node.find(f"{{{MODEL}}}{LOOP}")
    return of_repeats(node, "loopCardinality") if loop is None else loop.get("loopMaximum", "").strip()


def asks_first(node: etree._Element) -> bool:
    """Whether a loop asks before the first time whether to go on."""
    loop = node.find(f"{{{MODEL}}}{LOOP}")
    return loop is not None and loop.get("testBefore") in ("true", "1")


def of_repeats(node: etree._Element, part: str) -> str:
    """What an activity that is done several times says of it."""
    marker = LOOP if node.find(f"{{{MODEL}}}{LOOP}") is not None else SEVERAL
    return text_of(node.find(f"{{{MODEL}}}{marker}/{{{MODEL}}}{part}"))
