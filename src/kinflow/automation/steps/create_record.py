"""Making a record: any kind that can be created, with what caused it carried over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.records.access import may, may_read
from kinflow.records.asking import Input, inputs_of, read
from kinflow.records.faces import RecordType, registry
from kinflow.records.running import run_action

from ..parameters import parameter
from .step import Doing, Done, Step, step
from .values import check_values, given_words, value_now

CARRIED = ("account", "contact", "product", "owner")
"""What a new record takes over from the one the rule is about, where both have it and nothing else was given."""


@step
@dataclass(frozen=True)
class CreateRecord(Step):
    """Create a record of any kind, with the permissions of the rule's owner."""

    name = "create_record"
    label = gettext_lazy("Create a record")
    help = gettext_lazy(
        "Once for each cause; account, contact and product are taken over where nothing else is given."
    )

    record_type: str = parameter(gettext_lazy("Kind of record"), "", kind="record_type")
    values: Any = parameter(gettext_lazy("Values"), {}, kind="values")

    def check(self, kind: str) -> list[FieldError]:
        """Kinds that cannot be created, inputs that do not exist or are missing."""
        face = registry.get(self.record_type)
        if face is None or face.create is None:
            return [FieldError("/record_type", _("Records of this kind cannot be created."))]
        known = {each.name: each for each in inputs_of(face.create)}
        errors = [
            FieldError(f"/values/{n}", _("There is no such input.")) for n in self.values if n not in known
        ]
        carried = _carried_names(face, kind)
        errors += [
            FieldError(f"/values/{each.name}", _("“%(field)s” is needed.") % {"field": each.label})
            for each in known.values()
            if each.required and each.name not in carried and self.values.get(each.name) in (None, "")
        ]
        return errors + list(check_values(self.values, kind))

    def words(self, kind: str) -> str:
        """Create a task: subject …"""
        face = registry.get(self.record_type)
        if face is None:
            return _("create a record of a kind that is gone")
        told = _listed(f"{_label(face, n)} “{given_words(face, n, v, kind)}”" for n, v in self.values.items())
        return (_("create %(kind)s (%(values)s)") if told else _("create %(kind)s")) % {
            "kind": str(face.label),
            "values": told,
        }

    def effects(self, kind: str) -> set[tuple[str, str]]:
        """What it can set off."""
        return {(self.record_type, "+")}

    def would(self, doing: Doing) -> str:
        """What it would make, or why it could not."""
        face, values = self._ready(doing)
        told = _listed(f"{_label(face, n)}: {v}" for n, v in values.items() if v not in (None, "", []))
        return _("Would create %(kind)s: %(values)s") % {"kind": str(face.label), "values": told or "–"}

    def run(self, doing: Doing) -> Done:
        """Make it."""
        face, values = self._ready(doing)
        made = run_action(face.create, values, doing.by)  # type: ignore[arg-type]
        words = _("Created %(what)s") % {"what": f"{face.number(made)} {face.title(made)}"}
        return Done(words, (made,), made=True)

    def _ready(self, doing: Doing) -> tuple[RecordType, dict[str, Any]]:
        """The values that the kind's own action takes. Raises Refused, Invalid."""
        face = registry.get(self.record_type)
        if face is None or face.create is None:
            raise Invalid(_("Records of this kind cannot be created."), remedy=_("Change the rule."))
        refuse(face, face.create, None, self.values, doing.owner)
        inputs = inputs_of(face.create)
        given = {name: value_now(value, doing) for name, value in self.values.items()}
        given |= {n: v for n, v in _carried(inputs, doing).items() if given.get(n) in (None, "")}
        values = read(inputs, {n: _plain(v) for n, v in given.items()}, by=doing.owner, strict=True)
        return face, values


def refuse(face: RecordType, action: Any, record: Any, names: Mapping[str, Any], owner: Actor) -> None:
    """Raise Refused where the rule's owner may not do this themselves."""
    if not may(owner, action.action_name, record, kind=face.name):
        raise Refused(
            _("%(who)s, who answers for this, may not do it here.") % {"who": owner.name},
            remedy=_("Give it an owner who may, or change what is done."),
        )
    for name in names:
        field = face.by_name.get(name)
        if field is not None and not may_read(owner, field.sensitivity):
            raise Refused(
                _("%(who)s, who answers for this, may not write “%(field)s”.")
                % {"who": owner.name, "field": field.label},
                remedy=_("Give it an owner who may, or leave the field out."),
            )


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


def _carried(inputs: tuple[Input, ...], doing: Doing) -> dict[str, Any]:
    """What the new record takes over: the record itself, and what both have."""
    found: dict[str, Any] = {}
    for each in inputs:
        if each.many:
            continue
        if each.kind == "any_record" and each.name == "about":
            found[each.name] = f"{doing.kind}:{doing.record.pk}"
        elif each.kind == "record" and each.target == doing.kind:
            found[each.name] = doing.record.pk
        elif each.kind == "record" and each.name in CARRIED:
            found[each.name] = getattr(doing.record, f"{each.name}_id", None)
    return {name: value for name, value in found.items() if value is not None}


def _carried_names(face: RecordType, kind: str) -> set[str]:
    source = registry[kind].by_name if kind in registry else {}
    return {
        each.name
        for each in inputs_of(face.create)  # type: ignore[arg-type]
        if each.target == kind or (each.name in CARRIED and each.name in source)
    }


def _label(face: RecordType, name: str) -> str:
    known = {each.name: each.label for each in inputs_of(face.create)} if face.create else {}
    return str(face.by_name[name].label if name in face.by_name else known.get(name, name))


def _listed(parts: Iterator[str]) -> str:
    return _(", ").join(parts)
