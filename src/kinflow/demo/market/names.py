"""Names of people, Chinese and foreign, as the people of their countries bear them."""

import unicodedata
from dataclasses import dataclass

from ..engine.chance import Chance, Weighted
from ..words import chinese_names as chinese
from ..words.foreign_names import NAMES
from ..words.reading import listed, pairs, threes


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; `latin` is family and given name in plain Latin letters."""

    family: str
    given: str
    latin: tuple[str, str]
    is_female: bool = False


_surnames = Weighted(((word, pinyin), weight) for word, pinyin, weight in threes(chinese.SURNAMES))
_first = {True: pairs(chinese.FEMALE_FIRST), False: pairs(chinese.MALE_FIRST)}
_second = {True: pairs(chinese.FEMALE_SECOND), False: pairs(chinese.MALE_SECOND)}
_single = {True: pairs(chinese.FEMALE_SINGLE), False: pairs(chinese.MALE_SINGLE)}
_foreign = {culture: (listed(family), listed(given)) for culture, (family, given) in NAMES.items()}
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "Ş": "S", "ş": "s"})


def chinese_name(chance: Chance, *, female_share: float = 0.3) -> Name:
    """A Chinese name of one or two given characters."""
    while True:
        female = chance.random() < female_share
        family, family_pinyin = _surnames.pick(chance)
        if chance.random() < 0.27:
            given, pinyin = chance.pick(_single[female])
        else:
            first, second = chance.pick(_first[female]), chance.pick(_second[female])
            given, pinyin = first[0] + second[0], first[1] + second[1]
        doubled = len(given) == 2 and given[0] == given[1]
        if not doubled and family + given not in chinese.WELL_KNOWN and given[0] != family:
            return Name(family, given, (plain(family_pinyin), plain(pinyin)), female)


def foreign_name(chance: Chance, culture: str) -> Name:
    """A name of another culture."""
    families, givens = _foreign[culture]
    family, given = chance.pick(families), chance.pick(givens)
    return Name(family, given, (plain(family), plain(given)))


def plain(word: str) -> str:
    """The word in lower-case ASCII letters, as it stands in an e-mail address."""
    folded = unicodedata.normalize("NFKD", word.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "".join(letter for letter in folded.lower() if letter.isalnum())
