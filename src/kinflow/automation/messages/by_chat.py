"""By chat service, through Apprise: the services' own hosts only, unless this installation may reach its own network."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from apprise import Apprise, NotifyType
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Invalid, Problem

from .addresses import AddressRefused
from .models import Channel, Delivery
from .secrets import unlock
from .wording import letter

SCHEMES = {
    "wecom": ("wecombot",),
    "dingtalk": ("dingtalk",),
    "feishu": ("feishu",),
    "slack": ("slack",),
}
WEB = {
    "wecom": "https://qyapi.weixin.qq.com/",
    "dingtalk": "https://oapi.dingtalk.com/",
    "feishu": "https://open.feishu.cn/",
    "slack": "https://hooks.slack.com/",
}
"""How the addresses begin that the services themselves show for their robots; Apprise reads them."""


class ChatRefused(Exception):
    """The service did not take the message."""


class ChannelMissing(Problem):
    """No chat channel was chosen, or it is switched off."""

    code = "channel-missing"
    title = gettext_lazy("There is no chat channel to send to")


def plugin_of(service: str, address: str) -> Any:
    """What speaks to the service at this address. Raises Invalid, and AddressRefused for hosts of one's own."""
    address = address.strip()
    known = _as_apprise(address)
    plugin: Any = Apprise.instantiate(known, suppress_exceptions=True) if len(address) < 2000 else None
    begins = tuple(f"{scheme}://" for scheme in SCHEMES.get(service, ()))
    if plugin is None or (begins and not address.startswith((*begins, WEB[service]))):
        raise Invalid(
            _("This is no address of that service."),
            field="/address",
            remedy=_("Copy the robot's webhook address from the service, as it stands there."),
        )
    if _has_host_of_its_own(plugin) and not settings.PRIVATE_TARGETS:
        raise AddressRefused(
            _("Addresses with a host of one's own choice are not called from here."),
            field="/address",
            remedy=_("Use a webhook instead, or set KINFLOW_PRIVATE_TARGETS=1 where this is meant."),
        )
    return plugin


def _as_apprise(address: str) -> str:
    """DingTalk's and Feishu's own addresses as Apprise writes them; it knows those of the others."""
    parts = urlsplit(address) if address.startswith((WEB["dingtalk"], WEB["feishu"])) else None
    if parts is None:
        return address
    if address.startswith(WEB["dingtalk"]):
        return f"dingtalk://{parse_qs(parts.query).get('access_token', [''])[0]}"
    return f"feishu://{parts.path.rstrip('/').split('/')[-1]}"


def _has_host_of_its_own(plugin: Any) -> bool:
    """Whether the address names the host to call, so that it could be one inside."""
    tokens = getattr(plugin, "template_tokens", {})
    is_free = any("{host}" in template or "{url" in template for template in plugin.templates)
    return is_free or "host" in tokens or plugin.url().split("://")[0] in _LOCAL


_LOCAL = frozenset({"dbus", "gnome", "macosx", "windows", "syslog", "glib", "kde", "qt"})
"""What Apprise can do on the machine itself."""


def send_chat(delivery: Delivery) -> None:
    """Send one message to the person's channel. Raises ChannelMissing, ChatRefused."""
    channel = delivery.channel
    if channel is None or not channel.is_active:
        raise ChannelMissing(remedy=_("Choose one in the message settings, then try again."))
    subject, text = letter(delivery.message)
    speak(channel, subject, text)


def speak(channel: Channel, subject: str, text: str) -> None:
    """Say something in a channel. Raises ChatRefused without any word of the address."""
    plugin = plugin_of(channel.service, unlock(channel.address))
    try:
        taken = plugin.notify(title=subject, body=text, notify_type=NotifyType.INFO)
    except Exception as error:
        raise ChatRefused(type(error).__name__) from None
    if not taken:
        raise ChatRefused("not taken")
