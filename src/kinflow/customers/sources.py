"""Where customers and leads come from."""

from django.utils.translation import gettext_lazy as _

SOURCES = [
    ("web", _("Web form")),
    ("search", _("Search advertising")),
    ("fair", _("Trade fair")),
    ("wecom", _("WeCom")),
    ("email", _("E-mail")),
    ("phone", _("Phone")),
    ("partner", _("Partner")),
    ("referral", _("Referral")),
    ("import", _("Import")),
    ("other", _("Other")),
]
