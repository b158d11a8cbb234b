"""Letters that somebody typed, read as pinyin: syllables, the last of them perhaps unfinished, and initials."""

from functools import cache

from kinflow.kit.pinyin import syllables

WAYS_LIMIT = 16  # ways to read a word that are tried
LETTERS_LIMIT = 30
_NEVER_INITIAL = frozenset("iuv")
_NEVER_BEHIND = _NEVER_INITIAL | frozenset("aeo")  # it would make too many ways
_TAIL = 4  # initials behind syllables: "wangjg"

Way = tuple[tuple[str, ...], str]  # syllables, initials behind them


def typed_initials(letters: str) -> str:
    """The letters, if each can begin a syllable; else nothing."""
    return "" if _NEVER_INITIAL & set(letters) else letters[:LETTERS_LIMIT]


def typed_syllables(letters: str) -> list[Way]:
    """The ways to read the letters as two or more syllables, or as syllables with initials behind them.

    The last syllable may be unfinished. When there are more than `WAYS_LIMIT` ways, those of a shorter beginning are
    given: they find more, never less.

    >>> typed_syllables("xiang")
    [(('xi', 'ang'), '')]
    >>> typed_syllables("wangjg")
    [(('wang',), 'jg')]
    """
    known, beginnings = syllables(), _beginnings()
    for length in range(min(len(letters), LETTERS_LIMIT), 2, -1):
        ways = _ways(letters[:length], known, beginnings)
        if len(ways) <= WAYS_LIMIT:
            return [way for way in ways if len(way[0]) > 1 or way[1]]
    return []


def _ways(letters: str, known: frozenset[str], beginnings: frozenset[str]) -> list[Way]:
    """All ways, or one more than the limit; built from the end, so that dead ends cost nothing."""
    from_here: list[list[Way]] = [[] for _ in letters] + [[((), "")]]
    for at in range(len(letters) - 1, -1, -1):
        rest = letters[at:]
        ways: list[Way] = []
        if at and 2 <= len(rest) <= _TAIL and not _NEVER_BEHIND & set(rest):
            ways.append(((), rest))
        if rest in beginnings and rest not in known:
            ways.append(((rest,), ""))
        for size in range(min(len(rest), 6), 0, -1):
            if rest[:size] in known:
                ways += [
                    ((rest[:size], *then), tail)
                    for then, tail in from_here[at + size]
                    if then or not tail or rest[: size + 1] not in known
                ]
        from_here[at] = ways[: WAYS_LIMIT + 1]
    return from_here[0]


@cache
def _beginnings() -> frozenset[str]:
    """Every beginning of a syllable."""
    return frozenset(syllable[:size] for syllable in syllables() for size in range(1, len(syllable)))
