"""Where the columns of imported logs lie, and the logs of processes that are imported ones."""

import re
import secrets
import shutil
from pathlib import Path

from django.conf import settings

from ..columns import EventColumns
from ..columns.keeping import kept
from ..definitions.models import Process
from ..definitions.sources import Source, register_source
from .models import ImportedLog

_FOLDER = re.compile(r"[0-9a-f]{32}")


def fresh_folder() -> str:
    """A name for the folder of a log that nobody can guess."""
    return secrets.token_hex(16)


def path_of(folder: str) -> Path:
    """Where the columns lie. Raises ValueError for what is no folder of a log."""
    if not _FOLDER.fullmatch(folder):
        raise ValueError(folder)
    return Path(settings.MEDIA_ROOT) / "logs" / folder


def forget(folder: str) -> None:
    """Remove the columns, if they are still there."""
    if folder:
        shutil.rmtree(path_of(folder), ignore_errors=True)


def columns_of_log(log: ImportedLog) -> EventColumns:
    """The columns of a log that is ready."""
    return kept(path_of(log.folder))


def source_for(process: Process) -> Source | None:
    """The imported log that is this process."""
    log = ImportedLog.objects.filter(process=process, state="ready").order_by("-id").first()
    return Source((log.pk, log.folder), lambda: columns_of_log(log)) if log else None


def know_imported_logs() -> None:
    """Let processes find their imported logs."""
    register_source(source_for)
