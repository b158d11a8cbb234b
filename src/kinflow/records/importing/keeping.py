"""How long what was given to be imported is kept: the files of imports that nobody starts, and rejected rows."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from kinflow.eventlog import SYSTEM, Actor, action, hold, record
from kinflow.kit.problem import Problem

from ..access import permit
from ..jobs import look_after
from .actions import cancel_import
from .events import ImportRejectsForgotten
from .models import ImportReject, ImportRun

DRAFTS = timedelta(days=7)
REJECTS = timedelta(days=30)
AT_ONCE = 20
TELLING = 9  # so many last digits of a phone number tell it from others, however it is written
SHORTEST = 6


@action
def forget_rejects(*, importrun: ImportRun, by: Actor) -> ImportRun:
    """Let go of the rejected rows of an import; how many there were stays."""
    run = hold(importrun)
    permit(by, run)
    if ImportReject.objects.filter(run=run).delete()[0]:
        record(ImportRejectsForgotten(importrun=run))
    return run


@look_after
def let_go_of_old_files() -> None:
    """Give up imports that nobody started in time, with their files, and let go of rows rejected long ago."""
    now = timezone.now()
    drafts = ImportRun.objects.filter(state="draft", created_at__lt=now - DRAFTS)
    for run in drafts.order_by("pk")[:AT_ONCE]:
        with suppress(Problem):  # somebody started or cancelled it meanwhile
            cancel_import(importrun=run, by=SYSTEM)
    ended = ImportRun.objects.filter(rejected__gt=0, ended_at__lt=now - REJECTS)
    for run in ended.filter(rejects__isnull=False).distinct().order_by("pk")[:AT_ONCE]:
        forget_rejects(importrun=run, by=SYSTEM)


def forget_rows_naming(emails: Iterable[str], phones: Iterable[str]) -> int:
    """Remove the rejected rows of all imports in which one of these addresses or numbers stands; how many there were."""
    texts = [email.lower() for email in emails if len(email) > SHORTEST]
    digits = ["".join(filter(str.isdigit, phone)) for phone in phones]
    ends = [number[-TELLING:] for number in digits if len(number) > SHORTEST]
    if not texts and not ends:
        return 0
    naming = ImportReject.objects.extra(  # noqa: S610
        where=[
            "(EXISTS (SELECT 1 FROM unnest(%s::text[]) AS t WHERE position(t in lower(cells::text)) > 0)"
            " OR EXISTS (SELECT 1 FROM unnest(%s::text[]) AS d"
            " WHERE position(d in regexp_replace(cells::text, '[^0-9]', '', 'g')) > 0))"
        ],
        params=[texts, ends],
    )
    return naming.delete()[0]
