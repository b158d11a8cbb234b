"""Those who are to know that nobody was found for an item are told, by the ways they chose."""

from functools import partial

from django.utils.translation import gettext as _

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see
from kinflow.records.faces import face_of

from ..bilingual import in_all_languages
from ..messages.sending import send
from ..scorings.models import Scoring
from ..templatetags.assignment import excluded_words
from .arriving import item_of_entry, rule_actor
from .events import WorkLeftOver

told = reader("automation.left_over_told")


@told.on(WorkLeftOver.name)
def tell_left_over(entry: Entry) -> None:
    """Tell the people that the entry names, and whoever got the item as fallback; its name to who may see it."""
    row = item_of_entry(entry)
    ids = {m.object_id for m in entry.mentioned if m.kind == "person" and m.role in ("told", "fallback")}
    if row is None or not ids:
        return
    number = next((m.object_id for m in entry.mentioned if m.kind == "scoring"), 0)
    by = rule_actor(Scoring.objects.filter(pk=number).first(), entry)
    face = face_of(row)
    for person in Person.objects.filter(pk__in=ids).select_related("user", "unit").order_by("pk"):
        is_seen = may_see(actor_of_person(person), row)
        what = f"{face.number(row)} {face.title(row)}" if is_seen else face.number(row)
        send(
            key=f"left_over:{entry.pk}",
            to=[person],
            subject=in_all_languages(partial(_subject, what)),
            text=in_all_languages(lambda: excluded_words(entry.data.get("reasons") or {})),
            about=row if is_seen else None,
            by=by,
        )


def _subject(what: str) -> str:
    return _("Nobody was found for %(what)s") % {"what": what}
