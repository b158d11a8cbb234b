"""Owners are told before their items go back into a pool, and when they went."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader

from ..assignments.arriving import item_of_entry
from ..bilingual import in_all_languages
from ..messages.kinds import LOW, NORMAL
from ..messages.sending import send
from ..offers.telling import moment_words, person_of_entry, title_of
from .events import ItemReturned, ItemTakenBack, ReturnAnnounced
from .models import Pool
from .returning import pool_actor

told = reader("automation.pool_told")


def words_of(name: str, what: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of what an entry means to the owner, in the active language."""
    given = {"what": what}
    if name == ReturnAnnounced.name:
        when = {"when": moment_words(data.get("returns_at"))}
        subject = _("Goes back into the pool: %(what)s") % given
        return subject, _("On %(when)s, unless somebody works on it before.") % when
    if name == ItemReturned.name:
        days = {"days": data.get("days", 0)}
        subject = _("Went back into the pool: %(what)s") % given
        return subject, _("Nobody worked on it for %(days)s days.") % days
    return _("Taken back into the pool: %(what)s") % given, str(data.get("reason", ""))


@told.on(ReturnAnnounced.name, ItemReturned.name, ItemTakenBack.name)
def tell_owner(entry: Entry) -> None:
    """Tell the owner, unless they did it themselves."""
    row, person = item_of_entry(entry), person_of_entry(entry)
    pool_id = next((m.object_id for m in entry.mentioned if m.kind == "pool"), 0)
    pool = Pool.objects.filter(pk=pool_id).first()
    if row is None or person is None or pool is None:
        return
    if entry.actor_kind == "person" and entry.actor_id == str(person.pk):
        return
    what = title_of(row)
    send(
        key=f"pool:{entry.pk}",
        to=[person],
        subject=in_all_languages(lambda: words_of(entry.name, what, entry.data)[0]),
        text=in_all_languages(lambda: words_of(entry.name, what, entry.data)[1]),
        about=row if entry.name == ReturnAnnounced.name else None,
        urgency=NORMAL if entry.name != ItemReturned.name else LOW,
        by=pool_actor(pool).because_of(entry.pk, entry.depth),
    )
