"""Where the built assets are: what Vite's manifest says."""

import json
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "kinflow"
ENTRY = "main.js"


def entry() -> tuple[list[str], str]:
    """The addresses of the styles and of the script of every page; nothing where nothing is built."""
    manifest = FOLDER / "manifest.json"
    return _read(manifest, manifest.stat().st_mtime_ns) if manifest.exists() else ([], "")


@lru_cache(maxsize=1)
def _read(manifest: Path, _changed_at: int) -> tuple[list[str], str]:
    found = json.loads(manifest.read_text("utf-8"))[ENTRY]
    return [static(f"kinflow/{file}") for file in found.get("css", [])], static(f"kinflow/{found['file']}")
