"""The build hooks: the package names what it needs, and carries browser assets and catalogues ready built."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class Build(BuildHookInterface[Any]):
    """Builds before the files are gathered, so that users need only Python."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not up to date, and take the results in although git ignores them."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from config.building import BUILT, build  # the sources are on the path only now

        for step in build(root):
            self.app.display_info(step)
        build_data["artifacts"] += [f"{BUILT}/**", "src/**/*.mo"]


class Needs(MetadataHookInterface):
    """Tells what the package needs to run: the lines of requirements.in."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the dependencies."""
        lines = (Path(self.root) / "requirements.in").read_text("utf-8").splitlines()
        metadata["dependencies"] = [need for line in lines if (need := line.split("#")[0].strip())]
