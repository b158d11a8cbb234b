"""From what somebody typed to the tokens that must be there."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from kinflow.kit.folding import folded

from .indexing import INITIALS, LONGEST, WINDOW
from .scripts import MOST_IN_GROUPS, Dense, Word, grouped_digits, only_digits, runs_of
from .typed_pinyin import typed_initials, typed_syllables

QUERY_LIMIT = 200  # characters of a query that are looked at
CLAUSE_LIMIT = 12
PAIR_LIMIT = 20  # pairs of characters that one clause asks for
_LETTERS = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Term:
    """A token that must be there, or one that begins so."""

    text: str
    is_prefix: bool = False


Alternative = tuple[Term, ...]  # all of these
Clause = tuple[Alternative, ...]  # any of these


def query_tokens(query: str) -> list[Clause]:
    """What the query asks for: every clause must hold, by at least one of its alternatives, with all its terms.

    Empty when the query holds nothing that can be found, such as signs alone. Of very long queries only the
    beginning counts, which finds more, never less.

    >>> query_tokens("建国 138")
    [((Term(text='建国', is_prefix=False),),), ((Term(text='138', is_prefix=True),),)]
    """
    plain = folded(query[:QUERY_LIMIT])[:QUERY_LIMIT]
    clauses = []
    for groups in grouped_digits(plain, most=MOST_IN_GROUPS):
        clauses.append(_digits_clause(groups.group()))
        plain = plain[: groups.start()] + " " * len(groups.group()) + plain[groups.end() :]
    clauses += [
        _dense_clause(run.text) if isinstance(run, Dense) else _word_clause(run)
        for run in runs_of(plain, over_spaces=False)
    ]
    return list(dict.fromkeys(clauses))[:CLAUSE_LIMIT]


def matches(clauses: list[Clause], tokens: Set[str]) -> bool:
    """Whether a text with these tokens is found, as PostgreSQL would say; no clauses find nothing."""

    def there(term: Term) -> bool:
        return term.text in tokens or (
            term.is_prefix and any(token.startswith(term.text) for token in tokens)
        )

    return bool(clauses) and all(
        any(all(map(there, alternative)) for alternative in clause) for clause in clauses
    )


def _dense_clause(text: str) -> Clause:
    if len(text) == 1:
        return ((Term(text, is_prefix=True),),)
    pairs = map("".join, zip(text, text[1:], strict=False))
    return (tuple(Term(pair) for pair in list(dict.fromkeys(pairs))[:PAIR_LIMIT]),)


def _word_clause(word: Word) -> Clause:
    if len(word.pieces) == 1 and word.pieces[0].isdigit():
        return _digits_clause(word.pieces[0])
    joined = "".join(word.pieces)
    found: list[Alternative] = [(Term(joined[:LONGEST], is_prefix=True),)]
    if len(word.pieces) > 1:
        found.append(tuple(term for piece in word.pieces[:PAIR_LIMIT] for term in _piece_terms(piece)))
    if _LETTERS.fullmatch(joined):
        found += _sounds(joined)
    return tuple(dict.fromkeys(found))


def _digits_clause(written: str) -> Clause:
    """Digits in a row or in groups; a leading zero may be the trunk prefix that E.164 leaves out."""
    joined = only_digits(written)
    found = [tuple(_piece_terms(joined))]
    bare = joined.lstrip("0")
    if bare != joined and len(bare) >= WINDOW:
        found.append(tuple(_piece_terms(bare)))
    if joined != written:
        found.append(tuple(term for piece in re.findall("[0-9]+", written) for term in _piece_terms(piece)))
    return tuple(dict.fromkeys(found))


def _piece_terms(piece: str) -> Iterator[Term]:
    """A piece as prefix; digits beyond one window as the windows that cover them."""
    if not piece.isdigit() or len(piece) < WINDOW:
        yield Term(piece[:LONGEST], is_prefix=True)
        return
    last = min(len(piece), LONGEST) - WINDOW
    for at in dict.fromkeys([*range(0, last, WINDOW), last]):
        yield Term(piece[at : at + WINDOW])


def _sounds(letters: str) -> Iterator[Alternative]:
    """The ways to read letters as pinyin that one prefix does not cover."""
    if len(letters) > INITIALS and (initials := typed_initials(letters)):
        yield tuple(_initial_terms(initials))
    for syllables, rest in typed_syllables(letters):
        pairs = [a + b for a, b in zip(syllables, syllables[1:], strict=False)]
        if rest:
            yield (*map(Term, pairs), Term(syllables[-1] + rest[0], is_prefix=True), *_initial_terms(rest))
        elif len(pairs) > 1:
            yield (*map(Term, pairs[:-1]), Term(pairs[-1], is_prefix=True))


def _initial_terms(letters: str) -> Iterator[Term]:
    if len(letters) < INITIALS:
        yield Term(letters, is_prefix=True)
        return
    last = len(letters) - INITIALS
    for at in dict.fromkeys([*range(0, last, INITIALS - 1), last]):
        yield Term(letters[at : at + INITIALS])
