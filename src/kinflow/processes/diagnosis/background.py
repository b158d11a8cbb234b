"""Diagnoses in the worker: of every process, so that nobody has to ask first, and again as the log grows."""

from datetime import timedelta

from django.utils import timezone

from kinflow.kit.problem import NotFound
from kinflow.records.jobs import job, look_after

from ..definitions.models import Process
from ..definitions.sources import source_of
from .keeping import JOB, ask_again, diagnose, found_already, is_outdated
from .models import Diagnosis

EVERY = timedelta(hours=1)


@job(JOB)
def diagnose_in_background(*, process: int) -> None:
    """Diagnose a process, unless another job did so meanwhile."""
    found = Process.objects.filter(pk=process).first()
    if found is None:
        return
    row = Diagnosis.objects.filter(process=found).first()
    if row is None or not row.state or is_outdated(row, found):
        try:
            diagnose(found)
        except NotFound:
            Diagnosis.objects.filter(process=found).delete()


@look_after
def keep_up_with_the_log() -> None:
    """Diagnose processes again that somebody has looked at and whose log has grown for an hour."""
    old = Diagnosis.objects.filter(made_at__lt=timezone.now() - EVERY, process__is_active=True)
    for row in old.select_related("process").defer("findings"):
        if is_outdated(row, row.process):
            ask_again(row)


@look_after
def diagnose_first() -> None:
    """Diagnose every active process that nobody has looked at yet, so that its findings are there for the first look."""
    for process in Process.objects.filter(diagnosis=None, is_active=True):
        if process.case_kind or source_of(process):
            found_already(process)
