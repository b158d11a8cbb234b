"""Where settings stand in the frame."""

from django.utils.translation import gettext_lazy as _

from kinflow.web.places import Place, SubPlace, register, register_sub

from .settings_pages import looks_in

register(Place("settings", _("Settings"), "gear", "/settings/", order=90, group="settings"))
register_sub(
    "settings",
    SubPlace(_("Users and roles"), "/settings/users/", 10, looks_in, _("Who can sign in, and as what")),
)
register_sub(
    "settings",
    SubPlace(_("Tokens"), "/settings/tokens/", 20, looks_in, _("Programs that act in somebody's name")),
)
