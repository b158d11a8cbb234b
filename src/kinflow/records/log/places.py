"""Where the log stands in the frame."""

from django.utils.translation import gettext_lazy as _

from kinflow.web.places import SubPlace, register_sub

from .access import may_browse

register_sub(
    "settings", SubPlace(_("Event log"), "/log/", 80, may_browse, _("Everything that ever happened, and why"))
)
