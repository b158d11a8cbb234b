"""The embedded PostgreSQL: one server per data folder, on a unix socket, joined by whoever needs it.

    server = embedded.start(folder)
    … url_of(server) …
    embedded.stop(server)

The first to come starts the server, the last to leave stops it, and a warden does so for those that were
killed. A server that was killed recovers from its write-ahead log at the next start.
"""

from config.embedded.cluster import CannotStart
from config.embedded.server import FORGETFUL, Server, restart_if_dead, start, stop, url_of

__all__ = ["FORGETFUL", "CannotStart", "Server", "restart_if_dead", "start", "stop", "url_of"]
