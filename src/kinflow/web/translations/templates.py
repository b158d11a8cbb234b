"""Messages in Django templates, found by Django's own reading of them."""

import ast
import re
from collections.abc import Iterator

from django.utils.translation.template import templatize

from kinflow.web.translations.messages import Message, UnreadableSource, message_of

TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)\s*(?:,\s*count\s*)?\)")


def messages_in_template(source: str, file: str) -> Iterator[Message]:
    """Every message in the template `source`; raises UnreadableSource for a block that cannot be."""
    try:
        calls = templatize(source, origin=file)
    except SyntaxError as error:
        raise UnreadableSource(f"{file}: {error}") from error
    for call in CALL.finditer(calls):
        function = call[1].replace("_", "gettext", 1) if call[1] == "_" else call[1]
        texts = [ast.literal_eval(text) for text in re.findall(TEXT, call[2])]
        yield message_of(function, texts, file, calls.count("\n", 0, call.start()) + 1)
