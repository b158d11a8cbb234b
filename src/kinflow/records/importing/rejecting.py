"""The rejected rows of a run as a file: the columns as they were, then row number and reason."""

from collections.abc import Iterator

from .models import ImportReject, ImportRun
from .rejects import rejects_csv
from .tables import Rejected


def rejects_of(run: ImportRun) -> Iterator[str]:
    """The file in pieces of text, in the order of the rows."""
    rows = ImportReject.objects.filter(run=run).order_by("number", "id").iterator(1_000)
    return rejects_csv(run.headers, (Rejected(row.number, row.cells, row.reason) for row in rows))
