"""Owners are told before their items go back into a pool, and when they went."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import Reader, readers

from ..assignments.arriving import item_of_entry
from ..bilingual import in_all_languages
from ..messages.kinds import LOW, NORMAL
from ..messages.sending import send
from ..offers.telling import person_of_entry, title_of
from ..said import shown
from .events import ItemReturned, ItemTakenBack, ReturnAnnounced
from .models import Pool
from .returning import pool_actor
from .warning import gather


def words_of(name: str, what: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of what an entry means to the owner, in the active language."""
    given = {"what": what}
    if name == ItemReturned.name:
        days = {"days": data.get("days", 0)}
        subject = _("Went back into the pool: %(what)s") % given
        return subject, _("Nobody worked on it for %(days)s days.") % days
    return _("Taken back into the pool: %(what)s") % given, shown(str(data.get("reason", "")))


def tell_owner(entry: Entry) -> None:
    """Tell the owner, unless they did it themselves."""
    tell_owners([entry])


def tell_owners(entries: Sequence[Entry]) -> None:
    """Tell owners what went; warnings are gathered, so that nobody is told of many items one by one."""
    warnings: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        pool_id = next((m.object_id for m in entry.mentioned if m.kind == "pool"), 0)
        person_id = next((m.object_id for m in entry.mentioned if m.role == "person"), 0)
        if entry.name == ReturnAnnounced.name:
            warnings[pool_id, person_id].append(entry)
        elif not (entry.actor_kind == "person" and entry.actor_id == str(person_id)):
            _tell(entry, pool_id)
    for (pool_id, person_id), announced in warnings.items():
        gather(pool_id, person_id, announced, timezone.now())


def _tell(entry: Entry, pool_id: int) -> None:
    row, person = item_of_entry(entry), person_of_entry(entry)
    pool = Pool.objects.filter(pk=pool_id).first()
    if row is None or person is None or pool is None:
        return
    what = title_of(row)
    send(
        key=f"pool:{entry.pk}",
        to=[person],
        subject=in_all_languages(lambda: words_of(entry.name, what, entry.data)[0]),
        text=in_all_languages(lambda: words_of(entry.name, what, entry.data)[1]),
        urgency=NORMAL if entry.name != ItemReturned.name else LOW,
        by=pool_actor(pool).because_of(entry.pk, entry.depth),
    )


_NAME = "automation.pool_told"
told = readers.setdefault(
    _NAME,
    Reader(
        _NAME,
        dict.fromkeys((ReturnAnnounced.name, ItemReturned.name, ItemTakenBack.name), tell_owner),
        together=tell_owners,
    ),
)
