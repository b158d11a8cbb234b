"""Asking a decision table: what it says is written into a field, or read by the gateways of a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Conflict, FieldError, Refused

from ..decisions.deciding import ask_table, draft_of, may_read_all, plain
from ..decisions.models import DecisionTable
from ..decisions.naming import table_called
from ..decisions.words import named, value_words
from ..parameters import parameter
from .change_fields import ChangeFields
from .step import Doing, Done, Step, step


def _tables() -> Sequence[tuple[str, str]]:
    """The tables that count, by their ids; those of policies are asked by what they rule."""
    rows = DecisionTable.objects.filter(live_number__isnull=False, matter="")
    return [(str(row.pk), table_called(row)) for row in rows]


@step
@dataclass(frozen=True)
class AskTable(Step):
    """Ask a decision table about the record."""

    name = "ask_table"
    label = gettext_lazy("Ask a decision table")
    help = gettext_lazy(
        "By the version that counts then. In a process, gateways after it may go by what it says."
    )

    table: Any = parameter(gettext_lazy("Decision table"), "", choices=_tables)
    into: str = parameter(gettext_lazy("Write the first outcome into"), "", kind="field")

    def check(self, kind: str) -> list[FieldError]:
        """No table that counts, one for other records, a field that cannot be written."""
        row = self._row()
        if row is None or row.live_number is None:
            return [FieldError("/table", _("Choose a decision table of which a version counts."))]
        if row.kind != kind:
            return [FieldError("/table", _("This table is for records of another kind."))]
        if not self.into:
            return []
        wrong = ChangeFields({self.into: ""}).check(kind)
        return [FieldError("/into", error.message) for error in wrong]

    def words(self, kind: str) -> str:
        """Ask the decision table …"""
        row = self._row()
        told = {"table": table_called(row) if row is not None else "?"}
        return _("ask the decision table “%(table)s”") % told

    def effects(self, kind: str) -> set[tuple[str, str]]:
        """What it can set off."""
        return {(kind, self.into)} if self.into else set()

    def would(self, doing: Doing) -> str:
        """What the table says now."""
        return self._said(self.outcomes(doing))

    def run(self, doing: Doing) -> Done:
        """Ask it, and write the first outcome down."""
        found = self.outcomes(doing)
        said = self._said(found)
        if self.into and found:
            value = next(iter(found.values()))["value"]
            done = ChangeFields({self.into: value}).run(doing)
            return Done(f"{said} {done.words}", done.records)
        return Done(said)

    def outcomes(self, doing: Doing) -> Mapping[str, Any]:
        """By outcome its sort and its value; nothing where no row holds. Raises Conflict, Refused."""
        row = self._row()
        if row is None or row.live_number is None:
            raise Conflict(
                _("No version of the decision table counts any more."),
                remedy=_("Let one count again, or choose another table."),
            )
        draft = draft_of(row, row.live_number)
        if not may_read_all(doing.owner, draft):
            raise Refused(
                _("The table asks about fields that %(who)s may not read.") % {"who": doing.owner.name},
                remedy=_("Ask an administrator."),
            )
        verdict = ask_table(draft, doing.record, context=doing.context).verdict
        if verdict is None:
            return {}
        return {
            output.name: {"sort": output.sort, "value": plain(verdict.outputs[output.name])}
            for output in draft.table.outputs
        }

    def _said(self, found: Mapping[str, Any]) -> str:
        row = self._row()
        if row is None or row.live_number is None or not found:
            return _("No row holds.")
        labels = {each.name: named(each) for each in draft_of(row, row.live_number).table.outputs}
        parts = [f"{labels.get(name, name)}: {value_words(one['value'])}" for name, one in found.items()]
        return _("; ").join(parts)

    def _row(self) -> DecisionTable | None:
        given = str(self.table)
        return DecisionTable.objects.filter(pk=int(given)).first() if given.isdecimal() else None
