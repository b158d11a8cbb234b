"""Warnings that items go back: gathered for a short while, so that each person is told of all of them at once."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kinflow.eventlog.models import Entry
from kinflow.organisation.people.models import Person

from ..assignments.arriving import item_of_entry
from ..bilingual import in_all_languages
from ..clock import at_moment, set_moment
from ..clock.models import Moment
from ..messages.sending import send
from ..naming import called
from ..offers.telling import moment_words, title_of
from .models import Pool
from .returning import pool_actor

WARN = "automation.pool.warn"
GATHERED, LONGEST = timedelta(minutes=1), timedelta(minutes=10)
"""So long is waited for further warnings of the same pool to the same person, and so long altogether."""
NAMED = 10
"""So many items are named in a message about many."""


def gather(pool_id: int, person_id: int, entries: Collection[Entry], now: datetime) -> None:
    """Add warnings to what the person is told of the pool next."""
    key = f"{pool_id}:{person_id}"
    kept = Moment.objects.select_for_update().filter(handler=WARN, key=key).first()
    said: Mapping[str, Any] = kept.payload if kept is not None else {"entries": [], "since": now.isoformat()}
    since = parse_datetime(said["since"]) or now
    told = {
        "pool": pool_id,
        "person": person_id,
        "since": said["since"],
        "entries": [*said["entries"], *(entry.pk for entry in entries)],
    }
    set_moment(WARN, key, min(now + GATHERED, since + LONGEST), told)


@at_moment(WARN)
def tell_warnings(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell the person which items go back: one by its name, several as a list."""
    pool = Pool.objects.filter(pk=payload["pool"]).first()
    person = Person.objects.filter(pk=payload["person"]).first()
    entries = list(Entry.objects.filter(pk__in=payload["entries"]).order_by("pk"))
    if pool is None or person is None or not entries:
        return
    by, first = pool_actor(pool), entries[0]
    by = by.because_of(first.pk, first.depth)
    if len(entries) > 1:
        send(
            key=f"pool:{first.pk}",
            to=[person],
            subject=in_all_languages(lambda: _many(len(entries), pool)),
            text=in_all_languages(lambda: _listed(entries)),
            url="/pool/mine/",
            now=now,
            by=by,
        )
    elif (row := item_of_entry(first)) is not None:
        what = {"what": title_of(row)}
        when = first.data.get("returns_at")
        send(
            key=f"pool:{first.pk}",
            to=[person],
            subject=in_all_languages(lambda: _("Goes back into the pool: %(what)s") % what),
            text=in_all_languages(lambda: _unless(when)),
            about=row,
            now=now,
            by=by,
        )


def _unless(when: Any) -> str:
    return _("On %(when)s, unless somebody works on it before.") % {"when": moment_words(when)}


def _many(count: int, pool: Pool) -> str:
    told = ngettext(
        "%(n)d item goes back into the pool “%(pool)s”",
        "%(n)d items go back into the pool “%(pool)s”",
        count,
    )
    return told % {"n": count, "pool": called(pool)}


def _listed(entries: list[Entry]) -> str:
    """The first of the items with their times, and how many more there are."""
    lines = [_("Unless somebody works on them before:")]
    for entry in entries[:NAMED]:
        row = item_of_entry(entry)
        if row is not None:
            told = {"what": title_of(row), "when": moment_words(entry.data.get("returns_at"))}
            lines.append(pgettext("item and when it goes back", "%(what)s: %(when)s") % told)
    if (more := len(entries) - NAMED) > 0:
        lines.append(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
    return "\n".join(lines)
