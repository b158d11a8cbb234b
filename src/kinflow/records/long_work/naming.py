"""How long work is called in the log's sentences: by words that name what it belongs to, with its address."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from kinflow.eventlog import narration

from .models import AskedWork
from .progress import kind_of

W = TypeVar("W", bound=AskedWork)


def named(model: type[W], words: Any, of: str, called: Callable[[Any], str]) -> None:
    """Call rows by `words`, which have `%(name)s` for how what their field `of` refers to is called."""

    def names(ids: Collection[int]) -> dict[int, narration.Name]:
        rows = model._default_manager.select_related(of).in_bulk(list(ids))
        return {
            pk: narration.Name(str(words) % {"name": called(getattr(row, of))}, row.address)
            for pk, row in rows.items()
        }

    narration.namers[kind_of(model)] = names
