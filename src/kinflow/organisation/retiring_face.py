"""How what can be retired looks: the field, the verbs, the view of what is in use, and what stands below its name."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Verb

from .retiring import Retirable

IS_RETIRED = Field("is_retired", _("Retired"), Kind.BOOLEAN)
IN_USE = ("used", _("In use"), {"field": "is_retired", "op": "is", "value": False})


def retiring_verbs(retire: Callable[..., Any], take_up: Callable[..., Any]) -> tuple[Verb, Verb]:
    """Retire, and take up again: each where it makes sense."""
    return (
        Verb("retire", _("Retire"), retire, icon="archive", key="z", danger=True, possible=_in_use),
        Verb("take_up", _("Take up again"), take_up, icon="refresh", possible=_is_retired),
    )


def unless_retired(subtitle: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What stands below the name: that it is retired, else `subtitle`."""
    return lambda record: gettext("Retired") if record.is_retired else subtitle(record)


def _is_retired(record: Retirable) -> bool:
    return record.is_retired


def _in_use(record: Retirable) -> bool:
    return not record.is_retired
