"""Territories made known: who may do what, the fields in conditions, the follower of the log."""

from kinflow.records.faces import fields_besides

from . import access, following, naming
from .asking import fields_for, states_for

fields_besides += [fields_for, states_for]

__all__ = ["access", "following", "naming"]
