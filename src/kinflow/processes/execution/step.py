"""The step of rules that starts a process."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.automation.parameters import parameter
from kinflow.automation.steps.step import Doing, Done, Step, step
from kinflow.kit.problem import FieldError, Invalid

from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from .actions import start_once


def _designs() -> Sequence[tuple[str, str]]:
    """The designs in operation, by their ids."""
    rows = ProcessDesign.objects.filter(live_number__gt=0).order_by("name")
    return [(str(row.pk), design_called(row)) for row in rows]


@step
@dataclass(frozen=True)
class StartProcess(Step):
    """Start a process by one of the designs in operation."""

    name = "start_process"
    label = gettext_lazy("Start a process")
    help = gettext_lazy("Once for each cause, by the version that is in operation then.")

    design: Any = parameter(gettext_lazy("Design"), "", choices=_designs)

    def check(self, kind: str) -> list[FieldError]:
        """No design, or one for other records."""
        row = self._row()
        if row is None:
            return [FieldError("/design", _("Choose a design that is in operation."))]
        if row.kind != kind:
            return [FieldError("/design", _("This design is for records of another kind."))]
        return []

    def words(self, kind: str) -> str:
        """Start the process …"""
        row = self._row()
        told = design_called(row) if row is not None else "?"
        return _("start the process “%(design)s”") % {"design": told}

    def effects(self, kind: str) -> set[tuple[str, str]]:
        """What it can set off."""
        return {("processinstance", "+")}

    def would(self, doing: Doing) -> str:
        """What it would start."""
        return _("Would start the process “%(design)s”") % {"design": design_called(self._live())}

    def run(self, doing: Doing) -> Done:
        """Start it."""
        made = start_once(design=self._live(), about=doing.record, key=doing.key, by=doing.by)
        if made is None:
            return Done(_("Started nothing: the record is in the comparison of a deployment"), ())
        return Done(_("Started the process “%(design)s”") % {"design": design_called(made.design)}, (made,))

    def _row(self) -> ProcessDesign | None:
        given = str(self.design)
        return ProcessDesign.objects.filter(pk=int(given)).first() if given.isdecimal() else None

    def _live(self) -> ProcessDesign:
        """The design. Raises Invalid where it is not in operation any more."""
        row = self._row()
        if row is None or row.live_number is None:
            raise Invalid(
                _("The design is not in operation any more."),
                remedy=_("Put it into operation again, or choose another."),
            )
        return row
