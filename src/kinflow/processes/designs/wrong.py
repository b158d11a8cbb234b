"""What is wrong with what a form sent, by its fields."""

from collections.abc import Collection, Mapping

from kinflow.kit.problem import Problem


def wrong_fields(problem: Problem | None, fields: Mapping[str, str]) -> dict[str, str]:
    """By name of a field what is said of it; `fields` gives for each the pointer that it stands at, or begins with."""
    found: dict[str, str] = {}
    for error in problem.errors if problem is not None else ():
        for name, pointer in fields.items():
            if error.pointer == pointer or error.pointer.startswith(f"{pointer}/"):
                found.setdefault(name, str(error.message))
    return found


def wrong_elsewhere(problem: Problem | None, shown: Collection[str]) -> list[str]:
    """What is said of what stands at none of these pointers: it is told above the form."""
    return [str(e.message) for e in problem.errors if e.pointer not in shown] if problem is not None else []
