"""Taking rows: what they make, which of them are refused and how far the run is, in one transaction."""

from collections import Counter
from collections.abc import Sequence

from django.db import DataError, IntegrityError, connection
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, attempt, hold, record
from kinflow.kit.problem import Problem

from ..access import permit
from .cells import text
from .events import ImportAdvanced
from .kinds import Importable, Row, Taken
from .models import ImportedRecord, ImportReject, ImportRun
from .tables import Rejected
from .telling import tell_of

LOCK = 0x6B696E66  # one chunk of one import at a time looks for known customers and adds those missing


@action
def take_rows(
    *,
    importrun: ImportRun,
    one: Importable,
    rows: Sequence[Row],
    rejected: Sequence[Rejected],
    last_row: int,
    progress: float,
    by: Actor,
) -> ImportRun:
    """Take some rows of the file, up to the row `last_row`; nothing where they were taken before.

    Where the run does no longer wait or run (it was cancelled), nothing is taken.
    """
    run = hold(importrun)
    permit(by, run)
    if run.state not in ("waiting", "running") or last_row <= run.last_row:
        return run
    rows = [row for row in rows if row.number > run.last_row]
    rejected = [row for row in rejected if row.number > run.last_row]
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    taken = _taken(one, rows, by)
    cells = {row.number: row.cells for row in rows}
    refused = [*rejected, *(Rejected(at, cells[at], why) for at, why in taken.refused.items())]
    _note_made(run, taken)
    _note_refused(run, refused)
    _count(run, one, len(rows) + len(rejected), len(refused), taken)
    run.state, run.last_row, run.progress = "running", last_row, progress
    run.save()
    record(
        ImportAdvanced(
            importrun=run,
            read=len(rows) + len(rejected),
            created=sum(kind == one.record for _row, kind, _pk in taken.made),
            rejected=len(refused),
        )
    )
    tell_of(run)
    return run


def _taken(one: Importable, rows: Sequence[Row], by: Actor) -> Taken:
    """The rows taken together; where the database refuses one of them, the halves apart, down to that one."""
    if not rows:
        return Taken()
    try:
        with attempt():
            return one.take(rows=rows, by=by)
    except (Problem, DataError, IntegrityError) as error:
        if len(rows) == 1:
            why = (
                str(error) if isinstance(error, Problem) else _("One of the values is too long or too large.")
            )
            return Taken(refused={rows[0].number: why})
    middle = len(rows) // 2
    first, then = _taken(one, rows[:middle], by), _taken(one, rows[middle:], by)
    return Taken([*first.made, *then.made], {**first.refused, **then.refused}, first.known + then.known)


def _note_made(run: ImportRun, taken: Taken) -> None:
    table = ImportedRecord._meta.db_table
    with (
        connection.cursor() as sql,
        sql.copy(f'COPY "{table}" (run_id, row, kind, object_id, state) FROM STDIN') as out,
    ):
        for number, kind, pk in taken.made:
            out.write_row((run.pk, number, kind, pk, "made"))


def _note_refused(run: ImportRun, refused: Sequence[Rejected]) -> None:
    ImportReject.objects.bulk_create(
        ImportReject(
            run=run,
            number=one.number,
            cells=[text_of(cell) for cell in one.cells],
            reason=one.reason.replace("\x00", ""),
        )
        for one in refused
    )


def text_of(cell: object) -> str:
    """A cell of a refused row as it was, without what PostgreSQL cannot keep."""
    plain = cell if isinstance(cell, str) else text(cell)  # type: ignore[arg-type]
    return plain.replace("\x00", "").encode("utf-8", "replace").decode()


def _count(run: ImportRun, one: Importable, read: int, refused: int, taken: Taken) -> None:
    kinds = Counter(kind for _row, kind, _pk in taken.made)
    run.read += read
    run.rejected += refused
    run.matched += taken.known
    run.created += kinds[one.record]
    run.made = {kind: run.made.get(kind, 0) + kinds[kind] for kind in {*run.made, *kinds}}
