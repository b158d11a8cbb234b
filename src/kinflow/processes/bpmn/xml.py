"""The outermost layer of reading a BPMN file: bytes to a tree of XML, with nothing fetched, expanded or run."""

from lxml import etree

from kinflow.kit.document_types import declares_document_type

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

MOST_BYTES = 20_000_000
MOST_NODES = 400_000
MOST_ELEMENTS = 2_000
"""Elements, lanes, pools and processes of a model."""
MOST_FLOWS = 4_000
LONGEST_NAME, LONGEST_TEXT = 500, 10_000
"""Characters of a name, and of an annotation."""


class NotBpmn(ValueError):
    """The file cannot be read as BPMN 2.0; `code` is one of `words.REFUSALS`, `detail` where or what."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parsed_part(text: str) -> etree._Element:
    """A node that was kept as text, read as guardedly as a file."""
    return etree.fromstring(text, _parser())


def parsed(content: bytes) -> etree._Element:
    """The root of a BPMN file. Raises NotBpmn for what is too big, broken, has a document type, or is something else."""
    if len(content) > MOST_BYTES:
        raise NotBpmn("too_big", str(len(content)))
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if declares_document_type(content):
            raise NotBpmn("document_type") from error
        line = getattr(error, "lineno", None)
        raise NotBpmn("broken", str(line or "")) from error
    if root is None:
        raise NotBpmn("broken")
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs do not know it
        raise NotBpmn("document_type")
    if root.tag != f"{{{MODEL}}}definitions":
        raise NotBpmn("something_else", str(root.tag))
    if sum(1 for _ in root.iter()) > MOST_NODES:
        raise NotBpmn("too_many")
    return root
