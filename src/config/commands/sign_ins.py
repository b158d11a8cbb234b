"""Who can sign in to the demo company."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec


def sign_ins() -> Iterator[str]:
    """A line for each role: what to enter, and who that is."""
    if find_spec("kinflow.demo.sign_ins") is None:
        return
    for role, login, password in import_module("kinflow.demo.sign_ins").SIGN_INS:
        yield f"{role:22}{login:28}{password}"
