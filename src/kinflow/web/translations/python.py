"""Messages in Python sources, found in the syntax tree."""

import ast
from collections.abc import Iterator

from kinflow.web.translations.messages import ARGUMENTS, Message, UnreadableSource, message_of

VARIANTS = {f"{name}{suffix}": name for name in ARGUMENTS for suffix in ("", "_lazy", "_noop")}


def messages_in_python(source: str, file: str) -> Iterator[Message]:
    """Every message in the Python `source`; raises UnreadableSource for bad syntax or a computed message."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise UnreadableSource(f"{file}:{error.lineno}: {error.msg}") from error
    names = names_of_functions(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := names.get(name_called(node))):
            texts = texts_of(node, len(ARGUMENTS[function]), file)
            if texts is not None:
                yield message_of(function, texts, file, node.lineno)


def names_of_functions(tree: ast.Module) -> dict[str, str]:
    """The names under which gettext functions are known in a module, `_` and import aliases included."""
    aliases = {
        alias.asname: VARIANTS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and alias.name in VARIANTS
    }
    return {"_": "gettext", **VARIANTS, **aliases}


def name_called(call: ast.Call) -> str:
    """The last part of the name of the function that is called, "" when it has none."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def texts_of(call: ast.Call, count: int, file: str) -> list[str] | None:
    """The first `count` arguments as texts; None when they are names, whose messages stand elsewhere."""
    texts = []
    for argument in call.args[:count]:
        match argument:
            case ast.Constant(value=str(text)):
                texts.append(text)
            case ast.JoinedStr() | ast.BinOp():
                raise UnreadableSource(
                    f"{file}:{argument.lineno}: a message must be one plain text, filled in after translation"
                )
            case _:
                return None
    return texts if len(texts) == count else None
