"""Expressions and texts with fields as people read them, where there is no record to fill them in from."""

import re

from django.utils.translation import gettext as _

from ..sentences import path_words
from .tree import Expression, Name, Text, nodes_of

_PATH = re.compile(r"[^\W\d]\w*(?:\s*\.\s*\w+)*")


def expression_words(expression: Expression) -> str:
    """An expression with its paths as people call them: `record.account.name` is “account’s name”."""
    words, source = [], expression.source
    names = [node for node in nodes_of(expression.node) if isinstance(node, Name)]
    at = 0
    for name in sorted(names, key=lambda each: each.position):
        found = _PATH.match(source, name.position)
        if found is not None and found.start() >= at:
            words += [source[at : found.start()], _name_words(name)]
            at = found.end()
    return "".join([*words, source[at:]]).strip()


def text_words(text: Text) -> str:
    """A text with fields in it, each in brackets."""
    parts = (
        part if isinstance(part, str) else _("[%(field)s]") % {"field": expression_words(part)}
        for part in text.parts
    )
    return "".join(parts)


def _name_words(name: Name) -> str:
    if name.steps:
        return path_words(name.steps)
    parts = ".".join(name.parts)
    match name.root:
        case "today":
            return _("today")
        case "now":
            return _("now")
        case "event":
            return _("%(name)s of the event") % {"name": parts}
        case "rule":
            return _("%(name)s of the rule") % {"name": parts}
    return ".".join((name.root, *name.parts)) if name.parts else name.root
