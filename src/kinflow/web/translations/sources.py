"""The packages of the product and the messages of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinflow.web.translations.messages import Message
from kinflow.web.translations.python import messages_in_python
from kinflow.web.translations.templates import messages_in_template

SOURCES = Path(__file__).resolve().parents[3]
TEMPLATES = {".html", ".txt"}


@dataclass(frozen=True)
class Package:
    """A package with a catalogue of its own, by its folder."""

    folder: Path

    @property
    def name(self) -> str:
        """The package's short name, such as `sales`."""
        return self.folder.name

    @property
    def catalogue(self) -> Path:
        """Where its Simplified Chinese texts are."""
        return self.folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def packages(sources: Path = SOURCES) -> list[Package]:
    """Every package under `sources` that may ask for translations, in the order of their names."""
    folders = [sources / "config", *(sources / "kinflow").iterdir()]
    return [Package(folder) for folder in sorted(folders) if (folder / "__init__.py").exists()]


def messages_of(package: Package) -> list[Message]:
    """Every message of a package, by file and line; the same text may come more than once."""
    found = [message for file in files_of(package) for message in messages_in(file, package)]
    return sorted(found, key=lambda message: (message.file, message.line))


def files_of(package: Package) -> Iterator[Path]:
    """The sources of a package that may hold messages; migrations only repeat what models say."""
    for file in sorted(package.folder.rglob("*")):
        parts = file.relative_to(package.folder).parts
        if "migrations" in parts or "static" in parts or "assets" in parts:
            continue
        if file.suffix == ".py" or (file.suffix in TEMPLATES and "templates" in parts):
            yield file


def messages_in(file: Path, package: Package) -> Iterator[Message]:
    """The messages of one file."""
    name = file.relative_to(package.folder.parent).as_posix()
    read = messages_in_python if file.suffix == ".py" else messages_in_template
    return read(file.read_text("utf-8"), name)
