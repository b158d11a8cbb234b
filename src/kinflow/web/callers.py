"""From which address a request came, when proxies stand before the web server."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

IPV6_HOME = 64
"""Bits of an IPv6 address that are given out together: who has one of these has all of them."""


def address_of(request: HttpRequest) -> str:
    """The caller's address, as the nearest of the proxies that are trusted saw it.

    Each proxy adds who called it to the end of X-Forwarded-For. So with `settings.PROXIES` of them the entry of this
    number from the end is the only one to believe; what stands before it the caller may have written. Where that is
    no address, and without proxies, it is whoever is connected. Of IPv6 the network that one caller has.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES > 0:
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(told) >= settings.PROXIES:
            address = _address(told[-settings.PROXIES])
            if address is not None:
                return _home(address)
    address = _address(connected)
    return connected if address is None else _home(address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in a text such as `10.0.0.7`, `10.0.0.7:5500`, `2001:db8::1` or `[2001:db8::1]:5500`."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return ip_address(text)
    except ValueError:
        return None


def _home(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if address.is_loopback:
        return str(address)
    return str(IPv6Network((int(address), IPV6_HOME), strict=False).network_address)
