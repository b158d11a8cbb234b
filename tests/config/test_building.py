"""A clone builds what it needs, and only when what it is made from has changed."""

import gzip
from pathlib import Path

import pytest

from config import building


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project whose assets are built."""
    for name in building.SETTINGS:
        (tmp_path / name).write_text("{}")
    for folder in (building.ASSETS, building.BUILT):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / building.ASSETS / "main.js").write_text("main()")
    stamp = building.hash_of(building.sources_of_assets(tmp_path))
    (tmp_path / building.BUILT / "sources.sha256").write_text(stamp)
    return tmp_path


def test_what_is_built_is_not_built_again(root: Path) -> None:
    assert building.assets_are_built(root)
    assert list(building.build(root)) == []


@pytest.mark.parametrize("changed", ["package-lock.json", "vite.config.js", building.ASSETS / "main.js"])
def test_a_change_of_any_source_asks_for_a_build(root: Path, changed: str) -> None:
    (root / changed).write_text("changed")
    assert not building.assets_are_built(root)


def test_a_new_source_asks_for_a_build(root: Path) -> None:
    (root / building.ASSETS / "board.js").write_text("")
    assert not building.assets_are_built(root)


def test_a_build_that_fails_shows_what_was_said(root: Path) -> None:
    (root / "broken.js").write_text("throw new Error('no such part')")
    with pytest.raises(building.BuildFailed, match="no such part"):
        building.run_node(root, "broken.js")


def test_texts_get_a_compressed_copy(root: Path) -> None:
    (root / "main.css").write_text("a { }")
    (root / "logo.png").write_bytes(b"png")
    building.compress(root)
    assert gzip.decompress((root / "main.css.gz").read_bytes()) == b"a { }"
    assert not (root / "logo.png.gz").exists()
