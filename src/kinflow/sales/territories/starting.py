"""Territories made known: who may do what, the fields in conditions, the follower of the log."""

from kinflow.records.faces import fields_besides

from . import access, following, naming
from .asking import MAKERS
from .showing import show

fields_besides += MAKERS
show()

__all__ = ["access", "following", "naming"]
