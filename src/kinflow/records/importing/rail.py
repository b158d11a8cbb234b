"""Where import stands in the frame."""

from django.utils.translation import gettext_lazy as _

from kinflow.web.places import SubPlace, register_sub

from .access import may_import

register_sub("settings", SubPlace(_("Import"), "/import/", 60, may_import))
