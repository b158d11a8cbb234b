"""From text to the tokens it is found by."""

from functools import lru_cache
from itertools import product

from kinflow.kit.folding import folded
from kinflow.kit.pinyin import readings

from .scripts import Dense, grouped_digits, only_digits, runs_of

TEXT_LIMIT = 20_000  # characters of a text that are looked at
TOKEN_LIMIT = 5_000  # tokens of a text
SOUND_LIMIT = 200  # Chinese characters of a text that are found by their sound
LONGEST = 40  # characters of a token
WINDOW = 6  # digits
FEWEST_DIGITS = 4  # that a window at the end of a run holds
INITIALS = 4  # syllables


def index_tokens(text: str, *, sound_limit: int = SOUND_LIMIT) -> set[str]:
    """The tokens of a text: letters and digits, at most `LONGEST` characters each, at most `TOKEN_LIMIT` of them.

    `sound_limit` is how many Chinese characters from the start are found by pinyin and initials: names and titles
    need it, long notes do not. From texts beyond `TEXT_LIMIT` characters the rest is not found.

    >>> sorted(index_tokens("王建国"))
    ['g', 'guo', 'jg', 'jianguo', 'wangjian', 'wjg', '国', '建国', '王建']
    """
    plain = folded(text[:TEXT_LIMIT])[:TEXT_LIMIT]
    tokens: set[str] = set()
    for run in runs_of(plain, over_spaces=True):
        if isinstance(run, Dense):
            _add_pairs(run.text, tokens)
            if sound_limit > 0:
                _add_sounds(run.text[:sound_limit], tokens)
                sound_limit -= len(run.text)
        else:
            _add_word(run.pieces, tokens)
        if len(tokens) >= TOKEN_LIMIT:
            break
    for groups in grouped_digits(plain):
        _add_windows(only_digits(groups.group()), tokens)
    return tokens if len(tokens) <= TOKEN_LIMIT else set(sorted(tokens)[:TOKEN_LIMIT])


def _add_pairs(text: str, tokens: set[str]) -> None:
    """Every two adjacent characters; the last one alone, as each other one begins a pair."""
    tokens.update(map("".join, zip(text, text[1:], strict=False)))
    tokens.add(text[-1])


def _add_word(pieces: tuple[str, ...], tokens: set[str]) -> None:
    """Each piece with the pieces behind it; windows of long digits."""
    for at, piece in enumerate(pieces):
        joined = piece
        for behind in pieces[at + 1 : at + LONGEST]:
            if len(joined) >= LONGEST:
                break
            joined += behind
        tokens.add(joined[:LONGEST])
        if len(piece) > FEWEST_DIGITS and piece[0].isdigit():
            _add_windows(piece, tokens)


def _add_windows(digits: str, tokens: set[str]) -> None:
    """Every window of six digits, and the shorter ones at the end down to four."""
    tokens.update(digits[at : at + WINDOW] for at in range(len(digits) - FEWEST_DIGITS + 1))


def _add_sounds(text: str, tokens: set[str]) -> None:
    """Adjacent syllables and windows of initials of each stretch of characters that have readings."""
    stretch: list[tuple[str, ...]] = []
    for character in text:
        if found := readings(character):
            stretch.append(found)
        elif stretch:
            _add_stretch(stretch, tokens)
            stretch = []
    if stretch:
        _add_stretch(stretch, tokens)


def _add_stretch(stretch: list[tuple[str, ...]], tokens: set[str]) -> None:
    for these, those in zip(stretch, stretch[1:], strict=False):
        if len(these) == len(those) == 1:
            tokens.add(these[0] + those[0])
        else:
            tokens.update(map("".join, product(these, those)))
    tokens.update(stretch[-1])
    letters = list(map(_initials, stretch))
    if max(map(len, letters)) == 1:
        line = "".join(letters)
        tokens.update(line[at : at + INITIALS] for at in range(len(line)))
    else:
        for at in range(len(letters)):
            tokens.update(map("".join, product(*letters[at : at + INITIALS])))


@lru_cache(maxsize=4096)
def _initials(found: tuple[str, ...]) -> str:
    """The different first letters of a character's readings."""
    return "".join(dict.fromkeys(reading[0] for reading in found))
