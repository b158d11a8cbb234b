"""XLSX files taken apart safely: what is in the package, which sheets there are, and nothing that could do
harm."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from lxml import etree

from .limits import Limits, too_large, unreadable

PARTS = 5_000
BLOCK = 1024 * 1024
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its part in the package, and whether it is shown."""

    name: str
    part: str
    is_visible: bool


class Package:
    """An XLSX file. Raises UnreadableFile or FileTooLarge for what is not one, is broken, hostile or a
    bomb."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise unreadable(_("This workbook is damaged.")) from error
        try:
            self._check()
            self.sheets = self._sheets()
            self.texts_part = self._related("sharedStrings")
        except BaseException:
            self.archive.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.archive.close()

    def read(self, part: str) -> bytes:
        """A small part as a whole; empty where it does not exist."""
        if part not in self.archive.NameToInfo:
            return b""
        return b"".join(self.stream(part, self.limits.part))

    def stream(self, part: str, most: int = 0) -> Iterator[bytes]:
        """A part in blocks, checked while it is unpacked: size, checksum, entities in its beginning."""
        seen = 0
        try:
            with self.archive.open(part) as file:
                while block := file.read(BLOCK):
                    if seen == 0:
                        self._refuse_hostile(block)
                    seen += len(block)
                    if most and seen > most:
                        raise too_large(_("A part of this workbook is too large."))
                    yield block
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise unreadable(_("This workbook is damaged.")) from error
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise unreadable(_("This workbook is damaged.")) from error
            raise

    def copied(self) -> dict[str, bytes]:
        """The parts that say what the cells mean: workbook, relations, styles."""
        wanted = (
            "[Content_Types].xml",
            "_rels/.rels",
            self.workbook,
            self._relations_part(),
            self._related("styles"),
        )
        return {part: self.read(part) for part in wanted if part and part in self.archive.NameToInfo}

    def _check(self) -> None:
        infos = self.archive.infolist()
        if len(infos) > PARTS or sum(info.file_size for info in infos) > self.limits.unpacked:
            raise too_large(_("This workbook is too large when it is unpacked."))
        for info in infos:
            if info.flag_bits & 1:
                raise unreadable(
                    _("This workbook is protected by a password."), _("Save it without a password.")
                )
            packed = max(1, info.compress_size)
            if info.file_size > self.limits.ratio_from and info.file_size / packed > self.limits.ratio:
                raise unreadable(
                    _("This workbook unpacks to far more than it should, as files made to do harm do."),
                    _("Open it in a spreadsheet program, copy the rows to a new workbook and save that."),
                )

    def _sheets(self) -> tuple[Sheet, ...]:
        targets = self._targets(self._relations_part())
        found = []
        for element in self._parsed(self.workbook).iter("{*}sheet"):
            number = element.get(_RELATION) or element.get(_STRICT_RELATION) or ""
            kind, part = targets.get(number, ("", ""))
            if kind.endswith("/worksheet") and part in self.archive.NameToInfo:
                found.append(
                    Sheet(element.get("name", "")[:200], part, element.get("state", "visible") == "visible")
                )
        if not found:
            raise unreadable(_("This workbook has no sheet with cells."))
        return tuple(found)

    @property
    def workbook(self) -> str:
        """The part that lists the sheets."""
        main = [
            part for kind, part in self._targets("_rels/.rels").values() if kind.endswith("/officeDocument")
        ]
        return main[0] if main else "xl/workbook.xml"

    def _relations_part(self) -> str:
        path = PurePosixPath(self.workbook)
        return str(path.parent / "_rels" / f"{path.name}.rels")

    def _related(self, kind: str) -> str:
        targets = self._targets(self._relations_part()).values()
        part = next((part for given, part in targets if given.endswith(f"/{kind}")), "")
        return part if part in self.archive.NameToInfo else ""

    def _targets(self, relations: str) -> dict[str, tuple[str, str]]:
        """What a part of relations leads to: kind and part by its number."""
        if relations not in self.archive.NameToInfo:
            return {}
        folder = PurePosixPath(relations).parent.parent
        made = {}
        for element in self._parsed(relations).iter("{*}Relationship"):
            target = element.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else _inside(folder, target)
            made[element.get("Id", "")] = (element.get("Type", ""), part)
        return made

    def _parsed(self, part: str) -> etree._Element:
        raw = self.read(part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise unreadable(_("This workbook is damaged.")) from error

    def _refuse_hostile(self, beginning: bytes) -> None:
        if _ENTITIES.search(beginning) or beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise unreadable(
                _("This workbook defines entities, as files made to do harm do."),
                _("Open it in a spreadsheet program, copy the rows to a new workbook and save that."),
            )


def _inside(folder: PurePosixPath, target: str) -> str:
    """A relative target within the package; never above it."""
    parts: list[str] = []
    for piece in (folder / target).parts:
        if piece == "..":
            parts = parts[:-1]
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)
