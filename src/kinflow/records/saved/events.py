"""What happens to saved views."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import SavedView


@dataclass(frozen=True, kw_only=True)
class ViewSaved(Event):
    """Somebody kept a view of a list."""

    view: SavedView
    kind: str
    name_given: str
    condition: dict[str, Any]
    icon = "check"
    sentence = _("{by} saved the view “{name_given}”")


@dataclass(frozen=True, kw_only=True)
class ViewShared(Event):
    """A view became everybody's, or its owner's alone again."""

    view: SavedView
    name_given: str
    is_shared: bool
    icon = "users"
    words = {"is_shared": {"True": _("shared"), "False": _("not shared")}}
    sentence = _("{by} set the view “{name_given}” to {is_shared}")


@dataclass(frozen=True, kw_only=True)
class ViewRemoved(Event):
    """A view was taken away."""

    view: SavedView
    name_given: str
    icon = "x"
    sentence = _("{by} removed the view “{name_given}”")
