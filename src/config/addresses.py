"""Finding what answers an address by its first word: of hundreds of patterns, only the few that begin so are tried."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Pattern = URLPattern | URLResolver


class ByFirstWord(URLResolver):
    """The patterns in their order; those whose first word is another one are passed over."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        """Take the patterns; what they include is looked at when the first address is resolved."""
        super().__init__(RoutePattern("", is_endpoint=False), patterns)

    def resolve(self, path: Any) -> ResolverMatch:
        """What answers the address; raises Resolver404."""
        word = str(path).partition("/")[0]
        found: ResolverMatch = self._by_word.get(word, self._others).resolve(path)
        return found

    @cached_property
    def _by_word(self) -> dict[str, URLResolver]:
        return {word: self._narrowed(word) for word in words_of(self.url_patterns)}

    @cached_property
    def _others(self) -> URLResolver:
        return self._narrowed(None)

    def _narrowed(self, word: str | None) -> URLResolver:
        return URLResolver(self.pattern, beginning_with(word, self.url_patterns))


def words_of(patterns: Iterable[Pattern]) -> set[str]:
    """The first words that are written out in the patterns."""
    found: set[str] = set()
    for pattern in patterns:
        begin = begin_of(pattern)
        if begin is None:
            continue
        if begin == "" and isinstance(pattern, URLResolver):
            found |= words_of(pattern.url_patterns)
        else:
            found.add(begin)
    return found


def beginning_with(word: str | None, patterns: Iterable[Pattern]) -> list[Pattern]:
    """The patterns that an address with this first word may fit; for None those of words that no pattern writes out."""
    found: list[Pattern] = []
    for pattern in patterns:
        begin = begin_of(pattern)
        if begin is None or (begin == word and not _is_open(pattern)):
            found.append(pattern)
        elif _is_open(pattern) and isinstance(pattern, URLResolver):
            inner = beginning_with(word, pattern.url_patterns)
            found += [_with(pattern, inner)] if inner else []
    return found


def begin_of(pattern: Pattern) -> str | None:
    """The first word of the pattern; None where it is a variable or part of a word."""
    if not isinstance(pattern.pattern, RoutePattern):
        return None
    first, slash, _rest = str(pattern.pattern).partition("/")
    is_part = not slash and first != "" and isinstance(pattern, URLResolver)
    return None if "<" in first or is_part else first


def _is_open(pattern: Pattern) -> bool:
    """Whether the pattern only includes others, without a word of its own."""
    return isinstance(pattern, URLResolver) and begin_of(pattern) == ""


def _with(pattern: URLResolver, inner: Sequence[Pattern]) -> URLResolver:
    return URLResolver(
        pattern.pattern,
        inner,
        pattern.default_kwargs,
        pattern.app_name,
        pattern.namespace,
    )
