"""Reading the values of parameters that are neither numbers nor choices: texts, people, durations, fields by name."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions.limits import MAX_AMOUNTS
from kinflow.organisation.models import Person, Unit
from kinflow.records.faces import registry

LONGEST = 10_000


class WrongParameter(ValueError):
    """What is wrong with a value, and where in it."""

    def __init__(self, words: Any, pointer: str = "") -> None:
        super().__init__(words)
        self.words, self.pointer = words, pointer


def text(given: Any) -> str:
    """A text that can be stored; nothing is an empty one."""
    if given is None:
        return ""
    if not isinstance(given, str) or "\0" in given or given.encode(errors="replace").decode() != given:
        raise WrongParameter(_("A text is expected here."))
    if len(given) > LONGEST:
        raise WrongParameter(_("At most %(most)d characters.") % {"most": LONGEST})
    return given.strip()


def template(given: Any) -> Any:
    """A text with fields in braces, or one for each language by its code."""
    if not isinstance(given, Mapping):
        return text(given)
    if strange := set(given) - {"en", "zh-hans"}:
        raise WrongParameter(_("There is no such language here."), f"/{str(min(strange, key=str))[:20]}")
    return {str(language): text(words) for language, words in given.items()}


def one_of(model: type[Any], missing: Callable[[], str]) -> Callable[[Any], int | None]:
    """The reader of a person's or a unit's id; nothing is None."""

    def read(given: Any) -> int | None:
        if given in (None, ""):
            return None
        wanted = str(getattr(given, "pk", given))
        if isinstance(given, bool) or not wanted.isascii() or not wanted.isdecimal() or len(wanted) > 18:
            raise WrongParameter(missing())
        rows = model.objects.filter(pk=int(wanted))
        if model is Person:
            rows = rows.filter(left_on=None)
        if not rows.exists():
            raise WrongParameter(missing())
        return int(wanted)

    return read


def record_type(given: Any) -> str:
    """The name of a record type."""
    if not isinstance(given, str) or given not in registry:
        raise WrongParameter(_("Choose one of the kinds of record."))
    return given


def duration(given: Any) -> dict[str, Any]:
    """{"amount": whole number, "unit": minutes … years}; nothing is no time at all."""
    if given in (None, "", {}):
        return {}
    if not isinstance(given, Mapping) or set(given) - {"amount", "unit"}:
        raise WrongParameter(_("Give a length of time, such as 4 hours."))
    unit, amount = given.get("unit"), given.get("amount")
    if isinstance(amount, str) and amount.isascii() and amount.isdecimal() and len(amount) < 12:
        amount = int(amount)
    if not isinstance(unit, str) or unit not in MAX_AMOUNTS:
        raise WrongParameter(_("Choose one of the units of time."), "/unit")
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MAX_AMOUNTS[unit]:
        raise WrongParameter(
            _("Give a number from %(low)s to %(high)s.") % {"low": 0, "high": MAX_AMOUNTS[unit]}, "/amount"
        )
    return {"amount": amount, "unit": unit}


def values(given: Any) -> dict[str, Any]:
    """Values by field name; which fields there are, the step knows."""
    if given in (None, ""):
        return {}
    if not isinstance(given, Mapping) or len(given) > 60:
        raise WrongParameter(_("Give values by the names of fields."))
    return {str(name)[:60]: value for name, value in given.items()}


def steps(given: Any) -> list[Any]:
    """Inner steps as data; they are read where the steps of a rule are."""
    if given in (None, ""):
        return []
    if not isinstance(given, list | tuple):
        raise WrongParameter(_("Give a list."))
    return list(given)


def data(given: Any) -> Any:
    """A condition over what the rule is about: parsed where its kind is known."""
    if not isinstance(given, Mapping | None):
        raise WrongParameter(_("A condition is expected here."))
    return dict(given or {})


READERS: dict[str, Callable[[Any], Any]] = {
    "text": text,
    "template": template,
    "expression": text,
    "field": text,
    "record_type": record_type,
    "person": one_of(Person, lambda: _("Nobody who works here has this number.")),
    "unit": one_of(Unit, lambda: _("There is no such unit.")),
    "duration": duration,
    "values": values,
    "steps": steps,
    "record_condition": data,
}
