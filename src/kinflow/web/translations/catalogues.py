"""Catalogues brought up to date with the sources, and compiled for the running program."""

from collections.abc import Iterable
from pathlib import Path

import polib

from kinflow.web.translations.messages import Message

HEADER = {
    "Project-Id-Version": "Kinflow",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str, str]


def read(file: Path) -> polib.POFile:
    """The catalogue in `file`, an empty one where there is none."""
    catalogue = polib.pofile(str(file), wrapwidth=110) if file.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = dict(HEADER)
    return catalogue


def key_of(entry: polib.POEntry) -> Key:
    """What gettext looks an entry up by: context and singular."""
    return entry.msgctxt or "", entry.msgid


def translation_of(entry: polib.POEntry) -> str:
    """What an entry says in Chinese, which has one form for any number."""
    text: str = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
    return text


def known_translations(files: Iterable[Path]) -> dict[Key, str]:
    """What any of the catalogues in `files` already says for a key: one text, one translation."""
    return {
        key_of(entry): translation_of(entry)
        for file in files
        for entry in read(file)
        if translation_of(entry)
    }


def updated(old: polib.POFile, messages: Iterable[Message], known: dict[Key, str]) -> polib.POFile:
    """A catalogue of exactly `messages`, translated as in `old`, else as in `known`, else not yet."""
    entries = {key_of(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.metadata = dict(HEADER)
    made: dict[Key, polib.POEntry] = {}
    for message in messages:
        entry = made.get(message.key)
        if entry is None:
            entry = made[message.key] = entry_of(message, entries.get(message.key), known)
            new.append(entry)
        if message.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural, entry.msgstr = message.plural, {0: entry.msgstr}, ""
        if (message.file, "") not in entry.occurrences:
            entry.occurrences.append((message.file, ""))
    return new


def entry_of(message: Message, old: polib.POEntry | None, known: dict[Key, str]) -> polib.POEntry:
    """A fresh entry for a message with what is known of its translation."""
    text = translation_of(old) if old else ""
    text = text or known.get(message.key, "")
    return polib.POEntry(
        msgid=message.singular,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        msgstr="" if message.plural else text,
        msgstr_plural={0: text} if message.plural else {},
        tcomment=old.tcomment if old else "",
        flags=[flag for flag in old.flags if flag == "fuzzy"] if old else [],
    )


def write(catalogue: polib.POFile, file: Path) -> bool:
    """Write the catalogue where it says something new; tells whether it did."""
    text = f"{catalogue}".rstrip("\n") + "\n"
    if not len(catalogue) or (file.exists() and file.read_text("utf-8") == text):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return True


def compile_catalogue(file: Path) -> bool:
    """Make the `.mo` beside a `.po` unless it is newer already; tells whether it did."""
    compiled = file.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= file.stat().st_mtime_ns:
        return False
    unfinished = compiled.with_suffix(".mo.new")
    read(file).save_as_mofile(str(unfinished))
    unfinished.replace(compiled)
    return True
