"""How far long work is: noted by the worker outside of any action, read by who waits."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import models, transaction

from .models import WorkProgress

M = TypeVar("M", bound=models.Model)
NONE = WorkProgress()


def note_progress(
    row: models.Model, share: float, stage: str, done: int, total: int, *, is_shared: bool = False
) -> None:
    """Note how far it is, seen by others at once; of what is shared, unless another worker noted more."""
    told = {"share": min(1.0, max(0.0, share)), "stage": stage, "done": done, "total": total}
    rows, key = WorkProgress.objects, {"kind": kind_of(row), "number": row.pk}
    with transaction.atomic():
        _one, is_new = rows.get_or_create(**key, defaults=told)
        if not is_new:
            rows.filter(**key, **({"share__lte": told["share"]} if is_shared else {})).update(**told)


def forget_progress(row: models.Model) -> None:
    """Nobody waits for it any more."""
    WorkProgress.objects.filter(kind=kind_of(row), number=row.pk).delete()


def progress_of(rows: Sequence[models.Model]) -> dict[int, WorkProgress]:
    """By their number how far rows of one kind are, in one query; without those that nobody is at."""
    if not rows:
        return {}
    numbers = [row.pk for row in rows]
    return {one.number: one for one in WorkProgress.objects.filter(kind=kind_of(rows[0]), number__in=numbers)}


def kind_of(row: models.Model | type[models.Model]) -> str:
    """How rows of this model are called here: their table in a word."""
    return str(row._meta.model_name)
