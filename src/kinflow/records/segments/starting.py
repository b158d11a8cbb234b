"""Segments made known: who may do what, how they look, the field in conditions, the follower of the log and of time."""

from ..faces import fields_besides
from ..pages.verbs import verbs_besides
from . import access, due, face, following
from .by_list import verbs_for
from .membership import field_of

fields_besides.append(field_of)
verbs_besides.append(verbs_for)

__all__ = ["access", "due", "face", "following"]
