"""Rows that were not taken, given back as a file to correct and import again."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from kinflow.kit.spreadsheets import csv_text

from .tables import Rejected

MARK = "\ufeff"  # tells spreadsheets that the file is UTF-8


def rejects_csv(headers: Sequence[str], rejected: Iterable[Rejected]) -> Iterator[str]:
    """The file in pieces of text: the headers as they were, then the row's number and the reason."""
    yield MARK + csv_text([[*headers, *reason_headers()]])
    for row in rejected:
        cells = [*row.cells[: len(headers)], *[""] * (len(headers) - len(row.cells))]
        beyond = [str(cell) for cell in row.cells[len(headers) :] if str(cell)]
        reason = f"{row.reason} [{' | '.join(beyond)}]" if beyond else row.reason
        yield csv_text([[*cells, row.number, reason]])


def reason_headers() -> tuple[str, str]:
    """The headers of the two columns added, in the active language."""
    return (_("Row"), _("Reason for rejection"))


REASON_HEADERS = frozenset(("row", "reason for rejection", "行号", "拒绝原因"))
"""How these columns are known, in either language, when the corrected file comes back: they are left out."""
