"""Python functions that become machine code when they are called first.

Not before, so that a process that never measures a log does not load the compiler. The machine code on disk is renewed
when the file of the function changes; so that it never goes stale, a compiled function calls compiled functions of its
own file only.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile `function`, with all others of its file, on the first call of one; one thread, no randomness."""
    return cast(Function, _Late(function))


class _Late(Generic[Function]):
    """A function that waits for its first call."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.code: Callable[..., Any] | None = None
        _waiting.setdefault(function.__module__, []).append(self)

    def __call__(self, *arguments: Any) -> Any:
        code = self.code or _load(self)
        return code(*arguments)


_waiting: dict[str, list[_Late[Any]]] = {}
_loading = Lock()


def _load(wanted: _Late[Any]) -> Callable[..., Any]:
    """Put the compiled functions of a file in the places of those that wait, where they find each other."""
    import numba

    with _loading:
        for late in _waiting.pop(wanted.function.__module__, ()):
            late.code = numba.njit(cache=True, nogil=True)(late.function)
            late.function.__globals__[late.function.__name__] = late.code
    found: Callable[..., Any] | None = wanted.code
    if found is None:
        raise RuntimeError(f"{wanted.function.__name__} could not be compiled")
    return found
