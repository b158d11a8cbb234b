"""Where messages stand in the frame: among the settings, and the board of reached states under My work."""

from django.utils.translation import gettext_lazy as _

from kinflow.web import places

from .access import sees_channels, sees_templates, sees_webhooks


def take_message_places() -> None:
    """Register all of them."""
    for place in (
        places.SubPlace(
            _("My messages"), "/messages/settings/", order=24, text=_("Ways, quiet hours, digest")
        ),
        places.SubPlace(
            _("Message templates"),
            "/templates/",
            order=34,
            permitted=sees_templates,
            text=_("Words with fields"),
        ),
        places.SubPlace(
            _("Channels"), "/channels/", order=36, permitted=sees_channels, text=_("Groups of chat services")
        ),
        places.SubPlace(
            _("Webhooks"), "/webhooks/", order=38, permitted=sees_webhooks, text=_("Other systems are told")
        ),
        places.SubPlace(_("Deliveries"), "/deliveries/", order=40, text=_("What became of messages")),
    ):
        places.register_sub("settings", place)
    places.register_sub(
        "work",
        places.SubPlace(
            _("Reached states"), "/reached/", order=20, text=_("Who was told, who has it in hand")
        ),
    )
