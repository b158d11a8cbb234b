"""How deep HTML nests, told without a parser: parsers take quadratic time over, or give up on, what is too
deep."""

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
# Never closed, or closed by the next of their kind.
_FLAT_NAMES = (
    "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th option thead"
    " tbody tfoot"
    " colgroup caption html head body"
)
_FLAT = frozenset(_FLAT_NAMES.split())
DEEPEST_TEXT = 200  # the text's parser drops what lies below
DEEPEST_SHOWN = 1_000


def nesting(markup: str) -> int:
    """The most elements that are open at once, at least; end tags close only their own kind."""
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _TAG.findall(markup):
        tag = name.lower()
        if tag in _FLAT:
            continue
        if not closing:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(tag):
            opened[tag] -= 1
            depth -= 1
    return deepest
