"""Where import stands in the frame: a page below the settings, and a button above the lists of what can be imported."""

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.web.places import SubPlace, register_sub

from ..faces import RecordType
from ..pages.composing import ListButton, register_list_part
from .access import kinds_for, may_import

register_sub(
    "settings", SubPlace(_("Import"), "/import/", 60, may_import, _("Records from CSV and Excel files"))
)


def import_button(face: RecordType, by: Actor) -> ListButton | None:
    """The button that leads to the import of such records."""
    if not may_import(by) or face.name not in {kind.record for kind in kinds_for(by)}:
        return None
    return ListButton(_("Import"), "upload", f"/import/?kind={face.name}", opens_dialog=False)


register_list_part(import_button)
