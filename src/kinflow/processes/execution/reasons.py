"""Reasons that people give where something goes otherwise than drawn."""

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid

LONGEST = 500


def wrong_reason(reason: str) -> list[FieldError]:
    """What is wrong with a reason: there is none, or it is longer than 500 characters."""
    if not reason.strip():
        return [FieldError("/reason", _("Say why."))]
    if len(reason.strip()) > LONGEST:
        words = _("Say why in at most %(most)d characters.") % {"most": LONGEST}
        return [FieldError("/reason", words)]
    return []


def refuse_silence(reason: str) -> None:
    """Raises Invalid where a reason is missing, or too long."""
    if errors := wrong_reason(reason):
        raise Invalid(errors=errors)
