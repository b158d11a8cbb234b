"""What is wrong with a catalogue: texts missing, stale, unsure, or with other placeholders."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import polib

from kinflow.web.translations.catalogues import Key, key_of, translation_of
from kinflow.web.translations.messages import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{([a-zA-Z_]\w*)[^{}]*\}|(%[sd])(?![a-z])")


def faults_of(messages: Iterable[Message], catalogue: polib.POFile) -> Iterator[str]:
    """Each fault of a catalogue against the messages of its package, in words."""
    asked = {message.key: message for message in reversed(list(messages))}
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    for key, message in asked.items():
        if key not in entries:
            yield f"{message.file}:{message.line}: not in the catalogue: {message.singular!r}"
    for key, entry in entries.items():
        if key not in asked:
            yield f"nothing asks for it any more: {entry.msgid!r}"
        else:
            yield from faults_of_entry(entry)


def faults_of_entry(entry: polib.POEntry) -> Iterator[str]:
    """Each fault of one entry that its source still asks for."""
    text = translation_of(entry)
    source = entry.msgid_plural or entry.msgid
    if not text:
        yield f"not translated: {entry.msgid!r}"
    elif "fuzzy" in entry.flags:
        yield f"marked as unsure (fuzzy): {entry.msgid!r}"
    elif placeholders(text) != placeholders(source):
        yield f"other placeholders than {source!r}: {text!r}"
    elif (text[:1] == "\n", text[-1:] == "\n") != (source[:1] == "\n", source[-1:] == "\n"):
        yield f"line breaks at the ends differ: {entry.msgid!r}"


def placeholders(text: str) -> set[str]:
    """The names of everything that is filled into a text."""
    return {next(filter(None, match.groups())) for match in PLACEHOLDER.finditer(text)}


def contradictions(catalogues: Mapping[str, polib.POFile]) -> Iterator[str]:
    """Texts that two packages translate differently: only one of them would be shown."""
    said: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for package, catalogue in catalogues.items():
        for entry in catalogue:
            if text := translation_of(entry):
                said[key_of(entry)][text].append(package)
    for (_context, singular), texts in said.items():
        if len(texts) > 1:
            versions = "; ".join(f"{text!r} in {', '.join(names)}" for text, names in texts.items())
            yield f"{singular!r} is translated differently (give them contexts): {versions}"
