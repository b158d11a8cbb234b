"""One call over the wire: to the address that was looked up and allowed, never on to another one."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid

from ..messages.addresses import Lookup, look_up, public_address

SECONDS = 10.0
LONGEST_SECONDS = 20.0
LONGEST_ANSWER = 500
_TLS = ssl.create_default_context()


@dataclass(frozen=True)
class Answer:
    """What the receiver answered: its status, and how its text begins."""

    status: int
    text: str

    @property
    def is_heard(self) -> bool:
        """Whether the receiver took the call; being led elsewhere is no answer."""
        return 200 <= self.status < 300


def parts_of(url: str) -> SplitResult:
    """The parts of a receiver's address. Raises Invalid where it is none that may be called."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and (parts.port is None or 0 < parts.port < 65536)
    except ValueError:
        is_whole = False
    schemes = ("http", "https") if settings.PRIVATE_TARGETS else ("https",)
    if not is_whole or parts.scheme not in schemes or not url.isascii() or any(c.isspace() for c in url):
        raise Invalid(errors=[FieldError("/url", _("Give an address such as https://example.com/kinflow."))])
    if parts.username or parts.password:
        raise Invalid(errors=[FieldError("/url", _("Leave name and password out of the address."))])
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str], lookup: Lookup = look_up) -> Answer:
    """Post the body. Raises Invalid, AddressRefused, HostUnknown, and OSError or HTTPException where nobody answers."""
    parts = parts_of(url)
    host, is_safe = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_safe else 80)
    address = public_address(host, port, lookup)
    wire = http.client.HTTPConnection(host, port, timeout=SECONDS)
    sock: socket.socket = socket.create_connection((address, port), SECONDS)
    clock = threading.Timer(LONGEST_SECONDS, _end, [sock])
    clock.start()
    try:
        wire.sock = _TLS.wrap_socket(sock, server_hostname=host) if is_safe else sock
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        wire.request("POST", path, body, dict(headers))
        answer = wire.getresponse()
        return Answer(answer.status, answer.read(LONGEST_ANSWER).decode(errors="replace"))
    finally:
        clock.cancel()
        wire.close()
        sock.close()


def _end(sock: socket.socket) -> None:
    """End a call that lasts too long: a receiver may send a byte now and then for ever."""
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
