"""Assigning the record by its scoring, or to somebody named."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Conflict, FieldError
from kinflow.organisation.people.models import Person
from kinflow.records.faces import registry

from ..assignments.actions import assign_by_scoring, give_to, is_open
from ..parameters import parameter
from .create_record import refuse
from .step import Doing, Done, Step, step


@step
@dataclass(frozen=True)
class Assign(Step):
    """Give the record to the person whom its scoring finds, or to a named one."""

    name = "assign"
    label = gettext_lazy("Assign")
    help = gettext_lazy("By the scoring that fits, unless you name a person.")

    person: int | None = parameter(gettext_lazy("Person"), None, kind="person")
    only_unowned: bool = parameter(gettext_lazy("Only if it is nobody’s"), True)

    def check(self, kind: str) -> list[FieldError]:
        """Only work is assigned."""
        if registry[kind].work is None:
            return [FieldError("", _("This is not something that is assigned to people."))]
        return []

    def words(self, kind: str) -> str:
        """Assign it by its scoring."""
        if self.person is None:
            return _("assign it by its scoring")
        found = Person.objects.filter(pk=self.person).first()
        return _("give it to %(person)s") % {"person": found.name if found else f"#{self.person}"}

    def effects(self, kind: str) -> set[tuple[str, str]]:
        """What it can set off."""
        return {(kind, "owner")}

    def would(self, doing: Doing) -> str:
        """Whom it would go to, as far as that can be said."""
        if self._is_left(doing):
            return _("Would leave it as it is: it is somebody’s already, or needs no work any more.")
        return _("Would do this: %(what)s") % {"what": self.words(doing.kind)}

    def run(self, doing: Doing) -> Done:
        """Assign it. Raises Conflict where nobody is found."""
        if self._is_left(doing):
            return Done(_("Left as it is: it is somebody’s already, or needs no work any more."))
        face = registry[doing.kind]
        assert face.work is not None
        refuse(face, face.work.assign, doing.record, {}, doing.owner)
        record: Any = doing.record
        if self.person is not None:
            person = Person.objects.filter(pk=self.person, left_on=None).first()
            if person is None:
                raise Conflict(_("This person does not work here any more."), remedy=_("Change the rule."))
            give_to(record, person, by=doing.by, reason=doing.rule.name)
            return Done(_("Given to %(person)s") % {"person": person.name}, (record,))
        assign_by_scoring(record=record, now=doing.now, by=doing.by)
        record.refresh_from_db()
        if record.owner_id is None:
            return Done(_("Nobody fitting was found; those who must know were told."), (record,))
        return Done(_("Given to %(person)s") % {"person": record.owner.name}, (record,))

    def _is_left(self, doing: Doing) -> bool:
        held: Any = getattr(doing.record, "owner_id", None)
        return not is_open(doing.record) or (self.only_unowned and held is not None)
