"""Diagnoses that nobody asked for: each process once, and again as its log grows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.actions import add_process, switch_process
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import shipped_processes
from kinflow.processes.diagnosis import keeping
from kinflow.processes.diagnosis.background import EVERY, diagnose_first, keep_up_with_the_log
from kinflow.processes.diagnosis.models import Diagnosis

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes for which the worker is asked."""
    found: list[int] = []
    monkeypatch.setattr(keeping, "defer", lambda _name, process: found.append(process))
    return found


def test_every_active_process_with_a_log_is_diagnosed_before_anybody_looks(asked: list[int]) -> None:
    mined, *_retired = shipped_processes(by=SYSTEM)
    for process in Process.objects.exclude(pk=mined.pk):
        switch_process(process=process, is_active=False, by=SYSTEM)
    add_process(key="log-is-gone", name="Log is gone", by=SYSTEM)
    diagnose_first()
    diagnose_first()
    assert asked == [mined.pk]


def test_a_diagnosis_is_made_again_when_the_log_has_grown_for_an_hour(asked: list[int]) -> None:
    process = shipped_processes(by=SYSTEM)[0]
    now = timezone.now()
    row = Diagnosis.objects.create(process=process, state="of another state", made_at=now)
    keep_up_with_the_log()
    assert asked == []
    Diagnosis.objects.filter(pk=row.pk).update(made_at=now - EVERY - timedelta(seconds=1))
    keep_up_with_the_log()
    assert asked == [process.pk]
