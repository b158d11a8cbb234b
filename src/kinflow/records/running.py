"""Running an action for people and programs: what the database refuses becomes a domain error, too."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Conflict, FieldError, Invalid

from .faces import RecordType


def run_action(action: Callable[..., Any], values: Mapping[str, Any], by: Actor) -> Any:
    """Run the action with the values that `asking.read` gave; returns what it returns.

    Raises the action's own problems; Invalid for values no column holds, Conflict for what exists already.
    """
    try:
        return action(**values, by=by)
    except DataError:
        raise Invalid(_("One of the values is too long or too large.")) from None
    except (IntegrityError, ProtectedError):
        raise Conflict(
            _("Something like this exists already, or something else still needs it."),
            remedy=_("Look for it with the search, and use what is there."),
        ) from None
    except ValidationError as error:
        raise Invalid(errors=[FieldError("", " ".join(error.messages))]) from None


def run_verb(face: RecordType, name: str, record: Any, values: Mapping[str, Any], by: Actor) -> Any:
    """Run the named verb on the record."""
    verb = face.verb(name)
    if verb is None:
        raise LookupError(name)
    return run_action(verb.action, {face.name: record, **values}, by)
