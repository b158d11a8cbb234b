"""Phrases, and that every table of words can be said."""

import random
import re
from collections.abc import Iterator

import pytest

from kinflow.demo.words import faults, mails, needs, notes
from kinflow.demo.words.phrases import BrokenPhrase, Choice, Phrase, Phrases, Slot

BROKEN = re.compile(r"[\[\]{}|]")


def tables() -> Iterator[tuple[str, Phrases]]:
    for module in (faults, mails, needs, notes):
        for name, value in vars(module).items():
            yield from found(f"{module.__name__}.{name}", value)


def found(name: str, value: object) -> Iterator[tuple[str, Phrases]]:
    if isinstance(value, Phrases):
        yield name, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from found(f"{name}.{key}", part)


class Anything(dict[str, object]):
    """Slots that know every word."""

    def __missing__(self, key: str) -> object:
        return "7"


def test_one_of_the_choices_is_said() -> None:
    phrase, chance = Phrase("[Hello|Good [morning|evening]], {name}!"), random.Random(1)
    said = {phrase.say(chance, {"name": "Ann"}) for _time in range(60)}
    assert said == {"Hello, Ann!", "Good morning, Ann!", "Good evening, Ann!"}


@pytest.mark.parametrize("text", ["[open", "closed]", "a|b", "{a}}", "[a|b"])
def test_a_broken_phrase_is_refused(text: str) -> None:
    with pytest.raises(BrokenPhrase):
        Phrase(text)


@pytest.mark.parametrize(
    ("name", "phrases"), list(tables()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_table_can_be_said_without_a_trace_of_its_making(name: str, phrases: Phrases) -> None:
    chance = random.Random(name)
    for _time in range(40):
        said = phrases.say(chance, Anything())
        assert said.strip()
        assert not BROKEN.search(said)


def parts_of(parts: list[str | Slot | Choice]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Choice):
            for option in part.options:
                yield from parts_of(option)


def test_chinese_phrases_use_chinese_punctuation() -> None:
    for name, phrases in tables():
        for phrase in phrases.phrases:
            for text in parts_of(phrase.parts):
                assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!(][\u4e00-\u9fff]", text), (name, text)
