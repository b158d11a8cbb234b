"""What the laws are checked on: all modules of the product, its actions, events and faces."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kinflow
from kinflow.eventlog import event
from kinflow.records.faces import RecordType, registry


def lawful_modules() -> Iterator[Any]:
    """Every module in which actions or events are declared."""
    root = Path(kinflow.__path__[0])
    for file in sorted(root.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "\n@action\n" in text or "(Event):\n" in text:
            yield importlib.import_module(
                ".".join(["kinflow", *file.relative_to(root).with_suffix("").parts])
            )


def actions() -> dict[str, Callable[..., Any]]:
    """Every action of the product by its name."""
    return {
        value.action_name: value
        for module in lawful_modules()
        for value in vars(module).values()
        if getattr(value, "is_action", False)
    }


def events() -> dict[str, type[event.Event]]:
    """Every event of the product by its name; those that tests make are left out."""
    known = {module.__name__ for module in lawful_modules()}
    return {name: each for name, each in event.registry.items() if each.__module__ in known}


def faces() -> dict[str, RecordType]:
    """Every face of the product by its name."""
    return {name: face for name, face in registry.items() if face.model.__module__.startswith("kinflow.")}
