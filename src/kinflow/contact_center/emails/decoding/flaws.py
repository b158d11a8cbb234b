"""What was wrong with a mail, as codes that can be stored, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Any] = {
    "not-a-mail": _("This does not look like an e-mail; it was taken as text."),
    "headers-cut": _("There were more headers than a mail may have; the rest was left out."),
    "header-broken": _("A line among the headers was no header and was left out."),
    "boundary-missing": _("The parts of the mail could not be told apart; it was read as one text."),
    "parts-cut-off": _("The mail breaks off: its end is missing."),
    "too-many-parts": _("The mail has too many parts; the rest was left out."),
    "too-deep": _("Parts lay too deep inside each other; they are kept as a file."),
    "charset-unknown": _("The character set “%(detail)s” is unknown; it was guessed."),
    "charset-wrong": _("The text was not written in “%(detail)s” as said; this was repaired."),
    "charset-missing": _("The mail does not say its character set; it was guessed."),
    "characters-lost": _("Some characters could not be read."),
    "transfer-unknown": _("The transfer encoding “%(detail)s” is unknown; the part was read as it is."),
    "transfer-broken": _("A part was encoded wrongly; what could be read was kept."),
    "date-wrong": _("The date “%(detail)s” cannot be understood."),
    "date-missing": _("The mail has no date."),
    "sender-missing": _("The mail does not say who sent it."),
    "sender-wrong": _("The sender's address “%(detail)s” is not valid."),
    "address-wrong": _("The address “%(detail)s” is not valid and was left out."),
    "addresses-cut": _("There were too many addresses; the rest was left out."),
    "id-reused": _("Another e-mail has the same message number; both are kept."),
    "id-missing": _("The mail has no message number."),
    "subject-cut": _("The subject was too long and was cut."),
    "text-cut": _("The text was too long and was cut; the file holds all of it."),
    "name-cleaned": _("The name of an attachment was unsafe; it is now “%(detail)s”."),
    "attachments-cut": _("There were too many attachments; the rest was left out."),
    "html-broken": _("The formatted text could not be read."),
}


@dataclass(frozen=True)
class Flaw:
    """One thing that was wrong: a code of `WORDS`, and the value it is about."""

    code: str
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        """The form in which it is stored."""
        return {"code": self.code, "detail": self.detail}


def words(flaw: Flaw | Mapping[str, str]) -> str:
    """The sentence for a flaw, also for a stored one, in the active language."""
    stored = flaw.as_json() if isinstance(flaw, Flaw) else flaw
    sentence = str(WORDS.get(stored["code"], stored["code"]))
    return sentence % {"detail": stored.get("detail", "")} if "%(" in sentence else sentence


@dataclass
class Flaws:
    """Collects flaws while a mail is read; each is told once."""

    found: dict[Flaw, None] = field(default_factory=dict)

    def add(self, code: str, detail: str = "") -> None:
        """Note a flaw; long details are cut."""
        self.found[Flaw(code, detail[:80])] = None

    @property
    def all(self) -> tuple[Flaw, ...]:
        """The flaws in the order they were met."""
        return tuple(self.found)
