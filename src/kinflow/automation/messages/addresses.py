"""Which hosts may be reached from here: a name is looked up once, and only its public addresses are used."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Problem

Lookup = Callable[[str, int], Sequence[str]]


class AddressRefused(Problem):
    """The host is inside: its address is private, of this machine, or of the local network."""

    code = "address-refused"
    title = gettext_lazy("This address may not be called from here")


class HostUnknown(Problem):
    """No address is known for the host."""

    code = "host-unknown"
    title = gettext_lazy("This host cannot be found")


def look_up(host: str, port: int) -> Sequence[str]:
    """All addresses of the host. Raises HostUnknown."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise HostUnknown(host, remedy=_("Check how the host is written.")) from None
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def public_address(host: str, port: int, lookup: Lookup = look_up) -> str:
    """The address to connect to. Raises AddressRefused where any of the host's addresses is inside, and HostUnknown.

    Connect to what this returns, never to the name again: it may lead elsewhere by then.
    """
    found = lookup(host, port)
    if not found:
        raise HostUnknown(host, remedy=_("Check how the host is written."))
    if not settings.PRIVATE_TARGETS and not all(is_public(each) for each in found):
        raise AddressRefused(
            _("%(host)s is an address of this machine or of a private network.") % {"host": host},
            remedy=_("Give a public address, or set KINFLOW_PRIVATE_TARGETS=1 where this is meant."),
        )
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is not None:
        ip = inner
    if ip in _TRANSLATED:
        return False
    return ip.is_global and not ip.is_multicast


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
