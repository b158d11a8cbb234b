"""Tokens and queries in the notation PostgreSQL reads, whatever they hold."""

from collections.abc import Iterable

from .asking import Clause, Term, query_tokens

_TOO_LONG = 2046  # bytes PostgreSQL takes in one token
_ESCAPES = str.maketrans({"'": "''", "\\": "\\\\", "\0": None})


def tsvector_literal(tokens: Iterable[str]) -> str:
    """The text to cast with `%s::tsvector`; the same tokens always give the same text."""
    found = sorted(set(tokens))
    if "".join(found).isalnum() and max(map(len, found)) < _TOO_LONG // 8 and found[0]:
        return "'" + "' '".join(found) + "'"  # nothing to escape: six times as fast
    return " ".join(quoted for token in found if (quoted := _quoted(token)))


def tsquery_literal(query: str) -> str | None:
    """The text to cast with `%s::tsquery`; None when the query holds nothing that can be searched for."""
    return " & ".join(map(_clause, query_tokens(query))) or None


def _clause(clause: Clause) -> str:
    alternatives = [" & ".join(map(_term, alternative)) for alternative in clause]
    return f"({' | '.join(f'({each})' for each in alternatives)})"


def _term(term: Term) -> str:
    return _quoted(term.text) + (":*" if term.is_prefix else "")


def _quoted(token: str) -> str:
    """A token in quotes; empty if nothing of it can be stored."""
    raw = token.translate(_ESCAPES).encode("utf-8", "ignore")
    if len(raw) > _TOO_LONG:
        raw = token[: _TOO_LONG // 8].translate(_ESCAPES).encode("utf-8", "ignore")
    return f"'{raw.decode()}'" if raw else ""
