"""The follower of the log that notices duplicates, some entries at a time, after who caused them has gone on."""

from collections.abc import Sequence

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.actor import DEEPEST_CHAIN
from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.readers import Reader, readers

from .noticing import KINDS, new_pairs, note_duplicates

WATCHED = {
    "customers.contact_added": "contact",
    "customers.contact_changed": "contact",
    "customers.contact_point_added": "contact",
    "customers.account_joined": "contact",
    "customers.account_added": "account",
    "customers.account_changed": "account",
}
"""What can make a record like another one, and the kind of record that it is."""
TELLING = {
    "contact": {"family_name", "given_name", "email", "phone", "account"},
    "account": {"name", "phone", "country"},
}
"""The fields that say who a record is."""


def follow(entry: Entry) -> None:
    """Notice what one entry has made alike."""
    follow_entries([entry])


def follow_entries(entries: Sequence[Entry]) -> None:
    """Notice what these entries have made alike; each pair has the entry of one of its two as its cause."""
    told = [entry for entry in entries if _can_matter(entry)]
    causes: dict[tuple[str, int], Entry] = {}
    by_id = {entry.pk: entry for entry in told}
    for mention in Mention.objects.filter(entry_id__in=list(by_id), role__in=list(KINDS)):
        entry = by_id[mention.entry_id]
        if mention.kind == WATCHED[entry.name]:
            causes[mention.kind, mention.object_id] = entry
    for kind in KINDS:
        ids = [pk for its, pk in causes if its == kind]
        for pair, reason in new_pairs(kind, ids).items():
            cause = next(causes[kind, pk] for pk in reversed(pair) if (kind, pk) in causes)
            by = SYSTEM if cause.depth >= DEEPEST_CHAIN else SYSTEM.because_of(cause.pk, cause.depth)
            note_duplicates(kind=kind, pairs=[(pair, reason)], by=by)


def _can_matter(entry: Entry) -> bool:
    changes = entry.data.get("changes")
    return not isinstance(changes, dict) or not changes.keys().isdisjoint(TELLING[WATCHED[entry.name]])


READER = readers.setdefault(
    "customers.duplicates",
    Reader("customers.duplicates", dict.fromkeys(WATCHED, follow), together=follow_entries),
)
