"""What can be asked about contacts."""

from .models import Contact, ContactPoint
from .rules import one_form


def contacts_reached_by(kind: str, given: str, region: str = "CN") -> list[Contact]:
    """The contacts that have this e-mail, number or name in a chat; oldest first. The value may be in any spelling."""
    value = one_form(kind, given, region)
    if value is None:
        return []
    kinds = ("phone", "mobile") if kind in ("phone", "mobile") else (kind,)
    points = ContactPoint.objects.filter(kind__in=kinds, value=value)
    return list(Contact.objects.filter(pk__in=points.values("contact_id")).order_by("pk"))
