"""Starting, joining and leaving the embedded server of a folder."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.embedded import cluster as clusters
from config.embedded.claims import Claim, turn
from config.embedded.cluster import CannotStart
from config.embedded.owner import owner_of
from config.embedded.warden import Warden

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """A share in the running server of `home`; `stop` gives it back."""

    home: Path
    claim: Claim
    warden: Warden

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "cluster"

    def is_running(self) -> bool:
        """Whether the server's main process lives."""
        return clusters.postmaster(self.cluster) is not None


def start(folder: Path, *, throw_away: bool = False, **parameters: str) -> Server:
    """Start or join the server whose files are in `folder`.

    `parameters` are settings for a server that has to be started, such as `FORGETFUL` for tests. With
    `throw_away` the folder is removed when the last user has left. Raises CannotStart.
    """
    home = folder.absolute()
    home.mkdir(parents=True, exist_ok=True)
    try:
        claim = Claim(home)
        with turn(home):
            revive(home, parameters)
    except PermissionError as error:
        raise CannotStart(f"{error.filename} belongs to another user.") from error
    return Server(home, claim, Warden(home, throw_away))


def revive(home: Path, parameters: dict[str, str]) -> None:
    """Make sure that the server of `home` runs and answers; the caller has the turn."""
    owner = owner_of(home)
    cluster = clusters.prepare(home, owner)
    if clusters.postmaster(cluster) is None or not clusters.is_ready(cluster):
        clusters.clear_away(cluster)
        clusters.launch(cluster, owner, parameters)


def restart_if_dead(server: Server) -> bool:
    """Start a server again that died while it was in use; tells whether it had to."""
    with turn(server.home):
        if server.is_running():
            return False
        revive(server.home, {})
        return True


def stop(server: Server) -> None:
    """Give the share back; the last user stops the server in an orderly way."""
    leave(server.home, server.claim, server.warden.throw_away)
    server.warden.dismiss()


def leave(home: Path, claim: Claim, throw_away: bool) -> None:
    """Give back a claim; stop the server of `home` when it was the last one, and remove it when wanted."""
    with turn(home):
        is_last = claim.is_the_last()
        if is_last and clusters.postmaster(home / "cluster"):
            clusters.halt(home / "cluster", owner_of(home))
        claim.release()
        if is_last and throw_away:
            shutil.rmtree(home, ignore_errors=True)


def url_of(server: Server, database: str = "postgres") -> str:
    """The DATABASE_URL of a database on the server."""
    folder = quote(str(clusters.socket_folder(server.cluster)), safe="/")
    return f"postgresql://postgres@/{quote(database, safe='')}?host={folder}"
