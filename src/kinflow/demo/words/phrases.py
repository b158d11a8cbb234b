"""A phrase with choices and slots: "[Hello|Good morning], we need {quantity} pumps". Choices may nest."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Part = "str | Slot | Choice"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where a value goes."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, one of which is taken."""

    options: list[list["str | Slot | Choice"]] = field(default_factory=list)


class BrokenPhrase(ValueError):
    """The phrase has a bracket too many or too few."""


class Phrase:
    """A phrase, read once and said many times."""

    def __init__(self, text: str) -> None:
        self.parts, rest = _sequence(text, 0, top=True)
        if rest != len(text):
            raise BrokenPhrase(text)

    def say(self, chance: random.Random, slots: Mapping[str, object]) -> str:
        """One wording of the phrase with the slots filled."""
        out: list[str] = []
        _say(self.parts, chance, slots, out)
        return "".join(out)


def _say(
    parts: list["str | Slot | Choice"], chance: random.Random, slots: Mapping[str, object], out: list[str]
) -> None:
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Slot):
            out.append(str(slots[part.name]))
        else:
            _say(part.options[int(chance.random() * len(part.options))], chance, slots, out)


def _sequence(text: str, at: int, *, top: bool = False) -> tuple[list["str | Slot | Choice"], int]:
    parts: list[str | Slot | Choice] = []
    while at < len(text) and (top or text[at] not in "|]"):
        if text[at] == "[":
            choice, at = _choice(text, at + 1)
            parts.append(choice)
        elif text[at] == "{":
            end = text.index("}", at)
            parts.append(Slot(text[at + 1 : end]))
            at = end + 1
        elif text[at] in "]|}":
            raise BrokenPhrase(text)
        else:
            end = min((p for p in (text.find(c, at) for c in "[]{}|") if p >= 0), default=len(text))
            parts.append(text[at:end])
            at = end
    return parts, at


def _choice(text: str, at: int) -> tuple[Choice, int]:
    options = []
    while True:
        option, at = _sequence(text, at)
        options.append(option)
        if at >= len(text):
            raise BrokenPhrase(text)
        if text[at] == "]":
            return Choice(options), at + 1
        at += 1


class Phrases:
    """Several phrases for one purpose, one of which is said."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.phrases = [Phrase(text) for text in texts]

    def say(self, chance: random.Random, slots: Mapping[str, object] = {}) -> str:  # noqa: B006 (never changed)
        """One wording of one of the phrases."""
        return self.phrases[int(chance.random() * len(self.phrases))].say(chance, slots)


def lines(table: str) -> Phrases:
    """A table with one phrase a line."""
    return Phrases(line.strip() for line in table.strip().splitlines() if line.strip())
