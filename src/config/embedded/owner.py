"""The system user that PostgreSQL runs as: ourselves, or, for root, somebody with less power."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "pgserver"


@dataclass(frozen=True)
class Owner:
    """A system user by its numbers; `borrowed` when it is another one than ourselves."""

    uid: int
    gid: int
    borrowed: bool

    def run(self, *command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a program as this user in `folder`, free of PG* settings meant for other servers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env=environment | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=self.uid if self.borrowed else None,
            group=self.gid if self.borrowed else None,
            extra_groups=[] if self.borrowed else None,
        )

    def give(self, path: Path, mode: int) -> None:
        """Make a file or folder this user's own, with the permissions `mode`."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)


def owner_of(folder: Path) -> Owner:
    """Who shall run the server of `folder`: PostgreSQL refuses to run as root.

    Root borrows whoever owns the folder already, or an account of its own that is made when missing.
    """
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid(), borrowed=False)
    found = folder.stat()
    if found.st_uid:
        return Owner(found.st_uid, found.st_gid, borrowed=True)
    account = account_for_root()
    return Owner(account.pw_uid, account.pw_gid, borrowed=True)


def account_for_root() -> pwd.struct_passwd:
    """The account that root's servers run as, made when missing."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(ACCOUNT)


def let_pass(path: Path) -> None:
    """Let every user walk through to `path`; only root can meet folders where this is needed."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def let_read(folder: Path) -> None:
    """Let every user read the programs under `folder`, which a strict umask may have kept to root."""
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        wanted = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode & wanted != wanted:
            path.chmod(mode | wanted)
