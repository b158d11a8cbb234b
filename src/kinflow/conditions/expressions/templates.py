"""Texts with expressions in braces: parsed once, filled in for each reader in their language."""

from typing import Any

from django.utils.translation import gettext as _

from ..context import Context
from ..fields import Vocabulary
from . import limits
from .evaluating import Evaluation
from .parsing import parse_expression
from .refusal import ExpressionError, refuse
from .tree import Event, Expression, Text

_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”"}


def parse_text(
    template: str, *, type_name: str, vocabulary: Vocabulary, event_names: frozenset[str] | None = None
) -> Text:
    """A text with {record.account.name}, {event.reason} or any other expression in braces; {{ and }} are braces.

    Raises ExpressionError, with the place in the whole text.
    """
    if len(template) > limits.MAX_TEMPLATE:
        most = {"most": limits.MAX_TEMPLATE}
        refuse(_("This text is too long."), limits.MAX_TEMPLATE, _("At most %(most)d characters.") % most)
    parts: list[str | Expression] = []
    plain, at, places = "", 0, 0
    while at < len(template):
        sign = template[at]
        if template[at : at + 2] in ("{{", "}}"):
            plain, at = plain + sign, at + 2
        elif sign == "}":
            refuse(_("This brace was never opened."), at, _("Write }} for a brace of the text."))
        elif sign == "{":
            end = _end_of(template, at)
            places += 1
            if places > limits.MAX_PLACES:
                most = {"most": limits.MAX_PLACES}
                refuse(_("This text has too many fields."), at, _("At most %(most)d fields.") % most)
            if plain:
                parts.append(plain)
            parts.append(_inner(template[at + 1 : end], at + 1, type_name, vocabulary, event_names))
            plain, at = "", end + 1
        else:
            until = min((i for i in (template.find(b, at) for b in "{}") if i >= 0), default=len(template))
            plain, at = plain + template[at:until], until
    return Text(template, (*parts, plain) if plain else tuple(parts))


def _end_of(template: str, at: int) -> int:
    """Where the brace closes that opens here; braces in quotes do not count."""
    closing = ""
    for index in range(at + 1, len(template)):
        sign = template[index]
        if closing:
            closing = "" if sign == closing else closing
        elif sign == "}":
            return index
        else:
            closing = _QUOTES.get(sign, "")
        if index - at > limits.MAX_LENGTH + 1:
            break
    raise ExpressionError(
        _("This brace is never closed."), at, _("Write } behind the field, or {{ for a brace of the text.")
    )


def _inner(
    source: str, at: int, type_name: str, vocabulary: Vocabulary, event_names: frozenset[str] | None
) -> Expression:
    try:
        return parse_expression(source, type_name=type_name, vocabulary=vocabulary, event_names=event_names)
    except ExpressionError as error:
        raise ExpressionError(error.message, at + error.position, str(error.remedy)) from None


def render(
    text: Text,
    *,
    record: Any,
    event: Event | None = None,
    context: Context,
    rule: Any = None,
    missing: list[str] | None = None,
) -> str:
    """The text with its fields filled in, as the active language writes numbers, amounts, days and choices.

    What is missing is left out; the sources of such fields are added to `missing`. Raises ExpressionError.
    """
    pieces, size = [], 0
    for part in text.parts:
        piece = part
        if isinstance(part, Expression):
            title = getattr(part.vocabulary, "title_of", str)
            piece = Evaluation(record, event or {}, context, rule, title).words(part.node)
            if not piece and missing is not None:
                missing.append(part.source.strip())
        pieces.append(str(piece))
        size += len(str(piece))
        if size > limits.MAX_RENDERED:
            most = {"most": limits.MAX_RENDERED}
            refuse(_("The text is too long."), 0, _("At most %(most)d characters.") % most)
    return "".join(pieces)
