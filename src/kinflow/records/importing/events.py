"""What happens to imports."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import ImportRun


@dataclass(frozen=True, kw_only=True)
class ImportPrepared(Event):
    """A file was given to be imported."""

    importrun: ImportRun
    kind: str
    icon = "upload"
    sentence = _("{by} gave the file {importrun} to be imported")


@dataclass(frozen=True, kw_only=True)
class ImportMapped(Event):
    """Somebody decided what becomes of the columns."""

    importrun: ImportRun
    columns: int
    icon = "edit"
    sentence = _("{by} decided what becomes of the {columns} columns of {importrun}")


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Event):
    """An import began."""

    importrun: ImportRun
    icon = "play"
    sentence = _("{by} started the import of {importrun}")


@dataclass(frozen=True, kw_only=True)
class ImportAdvanced(Event):
    """Some rows were taken, and some perhaps refused."""

    importrun: ImportRun
    read: int
    created: int
    rejected: int
    icon = "upload"
    sentence = _("{by} read {read} rows of {importrun}: {created} created, {rejected} rejected")


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Event):
    """All rows of a file were read."""

    importrun: ImportRun
    read: int
    created: int
    rejected: int
    icon = "check"
    sentence = _("{importrun} is imported: {read} rows read, {created} created, {rejected} rejected")


@dataclass(frozen=True, kw_only=True)
class ImportCancelled(Event):
    """An import ends before its end; what it made stays until it is undone."""

    importrun: ImportRun
    icon = "x"
    sentence = _("{by} cancelled the import of {importrun}")


@dataclass(frozen=True, kw_only=True)
class ImportFailed(Event):
    """An import cannot go on, and why."""

    importrun: ImportRun
    fault: str
    icon = "warning"
    sentence = _("The import of {importrun} stopped: {fault}")


@dataclass(frozen=True, kw_only=True)
class ImportUndoStarted(Event):
    """Somebody wants all that an import made to be gone again."""

    importrun: ImportRun
    icon = "undo"
    sentence = _("{by} began to undo the import of {importrun}")


@dataclass(frozen=True, kw_only=True)
class ImportTakenBack(Event):
    """Some of what an import made is gone again."""

    importrun: ImportRun
    removed: int
    icon = "undo"
    sentence = _("{by} took back {removed} records of the import of {importrun}")


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    """What an import made is gone again, but for what somebody has worked on."""

    importrun: ImportRun
    removed: int
    kept: int
    icon = "undo"
    sentence = _("The import of {importrun} is undone: {removed} removed, {kept} kept")


@dataclass(frozen=True, kw_only=True)
class ImportRejectsForgotten(Event):
    """The rejected rows of an import are kept no longer."""

    importrun: ImportRun
    icon = "trash"
    sentence = _("{by} let go of the rejected rows of {importrun}")
