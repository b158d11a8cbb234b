"""Changing fields of the record that the rule is about."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.faces import RecordType, registry
from kinflow.records.matters import with_authority_of
from kinflow.records.pages.fields import editable_fields, input_for
from kinflow.records.running import run_action
from kinflow.records.values_given import BLANK, WrongValue, value_of

from ..parameters import parameter
from .create_record import refuse
from .step import Doing, Done, Step, step
from .values import check_values, given_words, is_expression, value_now, value_words


@step
@dataclass(frozen=True)
class ChangeFields(Step):
    """Change fields, with the permissions and the authority of the rule's owner."""

    name = "change_fields"
    label = gettext_lazy("Change fields")
    help = gettext_lazy("Sets fields of the record that the rule is about.")

    values: Any = parameter(gettext_lazy("Values"), {}, kind="values")

    def check(self, kind: str) -> list[FieldError]:
        """Fields that are gone or cannot be changed, values that do not fit."""
        face = registry[kind]
        if face.change is None:
            return [FieldError("", _("Records of this kind cannot be changed."))]
        if not self.values:
            return [FieldError("/values", _("Choose at least one field."))]
        known = {f.name: f for f in editable_fields(face)}
        errors = []
        for name, given in self.values.items():
            field = known.get(name)
            if field is None:
                errors.append(FieldError(f"/values/{name}", _("This field cannot be changed.")))
            elif field.choices and given and not is_expression(given) and given not in dict(field.choices):
                errors.append(FieldError(f"/values/{name}", _("Choose one of the values.")))
        return errors + list(check_values(self.values, kind))

    def words(self, kind: str) -> str:
        """Set priority to high."""
        face = registry[kind]
        parts = (
            _("set %(field)s to “%(value)s”")
            % {
                "field": str(face.by_name[n].label if n in face.by_name else n),
                "value": given_words(face, n, v, kind),
            }
            for n, v in self.values.items()
        )
        return _(", ").join(parts)

    def effects(self, kind: str) -> set[tuple[str, str]]:
        """What it can set off."""
        return {(kind, name) for name in self.values}

    def would(self, doing: Doing) -> str:
        """What it would set."""
        face, changes = self._ready(doing)
        told = _(", ").join(f"{face.by_name[n].label}: {value_words(face, n, v)}" for n, v in changes.items())
        return _("Would set %(values)s") % {"values": told}

    def run(self, doing: Doing) -> Done:
        """Set them."""
        face, changes = self._ready(doing)
        with with_authority_of(doing.owner):
            run_action(face.change, {face.name: doing.record, "changes": changes}, doing.by)  # type: ignore[arg-type]
        told = _(", ").join(f"{face.by_name[n].label}: {value_words(face, n, v)}" for n, v in changes.items())
        return Done(_("Set %(values)s") % {"values": told}, (doing.record,))

    def _ready(self, doing: Doing) -> tuple[RecordType, dict[str, Any]]:
        """The changes as the kind's own action takes them. Raises Refused, Invalid."""
        face = registry[doing.kind]
        refuse(face, face.change, doing.record, self.values, doing.owner)
        changes: dict[str, Any] = {}
        errors: list[FieldError] = []
        for name, given in self.values.items():
            field = face.by_name.get(name)
            if field is None or not field.editable:
                errors.append(FieldError(f"/{name}", _("“%(field)s” cannot be changed.") % {"field": name}))
                continue
            asked = input_for(face, field)
            try:
                value = value_of(asked, getattr(v := value_now(given, doing), "pk", v), doing.owner)
            except WrongValue as wrong:
                errors.append(FieldError(f"/{name}", f"{field.label}: {wrong}"))
            else:
                changes[name] = ([] if asked.many else None) if value is BLANK else value
        if errors:
            raise Invalid(errors=errors, remedy=_("Change the rule, then try again."))
        return face, changes
