"""Going one of two ways, by a condition that is asked when the run gets there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.conditions import ConditionError, holds, parse, sentence
from kinflow.conditions.typography import lowered
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from ..parameters import parameter
from .step import Doing, Done, Step, step


@step
@dataclass(frozen=True)
class Branch(Step):
    """If a condition holds by then, do some steps; otherwise do others."""

    name = "branch"
    label = gettext_lazy("Branch")
    help = gettext_lazy("The condition is asked when the run gets here, of the record as it is then.")

    condition: Any = parameter(gettext_lazy("If"), {}, kind="record_condition")
    then: Any = parameter(gettext_lazy("Then"), [], kind="steps")
    otherwise: Any = parameter(gettext_lazy("Otherwise"), [], kind="steps")

    def check(self, kind: str) -> list[FieldError]:
        """A condition that cannot be read, or nothing to do either way."""
        errors = []
        try:
            parse(self.condition, kind, VOCABULARY)
        except ConditionError as refused:
            errors.append(FieldError(f"/condition{refused.pointer}", refused.message))
        if not self.condition:
            errors.append(FieldError("/condition", _("A branch needs a condition.")))
        if not self.then and not self.otherwise:
            errors.append(FieldError("/then", _("Add at least one step to one of the two ways.")))
        return errors

    def words(self, kind: str) -> str:
        """If the stage is won."""
        try:
            told = sentence(parse(self.condition, kind, VOCABULARY))
        except ConditionError:
            return _("if a condition over fields that are gone holds")
        return _("if %(condition)s") % {"condition": lowered(told)}

    def would(self, doing: Doing) -> str:
        """Which way it would go."""
        return self._told(self._holds(doing))

    def run(self, doing: Doing) -> Done:
        """Go the way that the condition says."""
        return Done(self._told(self._holds(doing)), enters=self.goes(doing))

    def goes(self, doing: Doing) -> str:
        """Which of its two lists of steps comes next."""
        return "then" if self._holds(doing) else "otherwise"

    def _holds(self, doing: Doing) -> bool:
        return holds(parse(self.condition, doing.kind, VOCABULARY), doing.record, doing.context)

    def _told(self, does: bool) -> str:
        return _("The condition holds.") if does else _("The condition does not hold.")
