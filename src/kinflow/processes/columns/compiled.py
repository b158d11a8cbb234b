"""Python functions that become machine code when they are called first.

Not before, so that a process that never measures a log does not load the compiler. The machine code on disk is renewed
when the file of the function changes, or a file of which it calls compiled functions. It is of the files as they were
when they were imported: who edits one that a process has loaded already does not get that process's code as the new.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, Generic, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile `function`, with all others of its file, on the first call of one; one thread, no randomness."""
    return cast(Function, _Late(function, cache=True))


def bare(function: Function) -> Function:
    """The same for a function that makes no arrays, only works in those it is given: then no references are counted.

    Dividing by nothing gives nan, or any whole number.
    """
    return cast(Function, _Late(function, cache=True, _nrt=False, error_model="numpy"))


def inlined(function: Function) -> Function:
    """A part of `bare` functions that stands in each of them as if written there. Python cannot call it."""
    parts = {"cache": False, "forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(Function, _Late(function, _nrt=False, error_model="numpy", **parts))


class _Late(Generic[Function]):
    """A function that waits for its first call."""

    def __init__(self, function: Function, **options: Any) -> None:
        self.function = function
        self.options = options
        self.code: Callable[..., Any] | None = None
        _stamp_of(function.__globals__)
        _waiting.setdefault(function.__module__, []).append(self)

    def __call__(self, *arguments: Any) -> Any:
        code = self.code or _load(self)
        return code(*arguments)


_waiting: dict[str, list[_Late[Any]]] = {}
_loading = RLock()


def _load(wanted: _Late[Any]) -> Callable[..., Any]:
    """Put the compiled functions of a file in the places of those that wait, where they find each other."""
    import numba

    with _loading:
        for late in _waiting.pop(wanted.function.__module__, ()):
            others = {
                name: other
                for name, other in late.function.__globals__.items()
                if isinstance(other, _Late) and other.function.__module__ != wanted.function.__module__
            }
            for name, other in others.items():
                late.function.__globals__[name] = other.code or _load(other)
                used = _used.setdefault(wanted.function.__module__, {})
                used[other.function.__module__] = _stamp_of(other.function.__globals__)
            late.code = numba.njit(nogil=True, **late.options)(late.function)
            late.function.__globals__[late.function.__name__] = late.code
            if late.options["cache"]:
                own = _stamp_of(late.function.__globals__)
                _renew_with(late.code, own, _all_used(wanted.function.__module__))
            else:
                _compile_once(late.code)
    found: Callable[..., Any] | None = wanted.code
    if found is None:
        raise RuntimeError(f"{wanted.function.__name__} could not be compiled")
    return found


_used: dict[str, dict[str, str]] = {}
"""Of which other modules each calls compiled functions, with the stamps of these."""


def _all_used(module: str) -> dict[str, str]:
    """All modules whose compiled functions become part of those of this one, with their stamps."""
    found = dict(_used.get(module, {}))
    for each in list(found):
        found |= _all_used(each)
    return found


def _stamp_of(module: dict[str, Any]) -> str:
    """What the file of a module held when its first function came here: while it is imported."""
    if "__stamp__" not in module:
        module["__stamp__"] = sha256(Path(module["__file__"]).read_bytes()).hexdigest()
    return str(module["__stamp__"])


def _renew_with(code: Any, own: str, used: dict[str, str]) -> None:
    """Let machine code on disk count only for the files of its modules as they were when they were imported.

    The compiler takes a stamp of the function's own file when it is handed the function, which is too late, and offers
    no way to set another but this one.
    """
    code._cache._cache_file._source_stamp = (own, *sorted(used.items()))


def _compile_once(code: Any) -> None:
    """Have a part compiled for numbers, rather than again for each constant that it is called with."""
    from numba.core.types import unliteral

    typed = code.get_call_template
    code.get_call_template = lambda values, named: typed(tuple(map(unliteral, values)), named)
