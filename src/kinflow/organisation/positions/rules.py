"""How high posts stand."""

TOP, LOWEST = 1, 12
MOST_POSTS = 9_999


def is_level(level: int) -> bool:
    """Whether the number is a level of the hierarchy: 1 is the top."""
    return TOP <= level <= LOWEST


def are_posts(posts: int | None) -> bool:
    """Whether so many posts can be planned; None plans nothing."""
    return posts is None or 0 <= posts <= MOST_POSTS


def vacancies(posts: int | None, holders: int) -> int:
    """How many of the planned posts nobody holds."""
    return max(0, (posts or 0) - holders)
