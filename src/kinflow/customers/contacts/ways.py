"""The ways to reach a contact, the accounts it belongs to and what it agreed to, in the right pane of its page."""

from typing import Any

from django.template.loader import render_to_string

from kinflow.eventlog import Actor
from kinflow.kit import phones
from kinflow.records.access import accesses, covers, may_read, scope_of
from kinflow.records.faces import RecordType
from kinflow.records.pages import composing

from ..consents.queries import consents_of
from .models import Contact, ContactPoint, Membership
from .rules import CALLED


def shown(point: ContactPoint) -> str:
    """The value for reading: phone numbers in groups, all else as it is."""
    return phones.display(point.value) if point.kind in CALLED else point.value


def ways_of(contact: Contact, by: Actor) -> dict[str, Any]:
    """What the pane shows to the reader: points only to those who read personal values, accounts they may see."""
    points = ContactPoint.objects.filter(contact=contact).order_by("-is_main", "kind", "pk")
    memberships = Membership.objects.filter(contact=contact).select_related("account").order_by("pk")
    access = accesses["account"]
    scope = scope_of(by, access.see)
    return {
        "points": [(p, shown(p)) for p in points] if may_read(by, "personal") else [],
        "memberships": [m for m in memberships if covers(scope, by, m.account)],
        "consents": consents_of(contact),
        "reads_personal": may_read(by, "personal"),
    }


def part(face: RecordType, record: Any, by: Actor) -> str:
    """The pane's HTML on the page of a contact; nothing on other pages."""
    if face.name != "contact" or record.erased_at is not None:
        return ""
    return render_to_string("customers/ways.html", ways_of(record, by))


composing.register_side_part(part)
