"""How much of a mail is read: bounds that no honest mail meets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes unless named otherwise; only `size` refuses the mail, the others cut and say so."""

    size: int = 50 * 1024 * 1024
    parts: int = 500
    depth: int = 20
    header: int = 256 * 1024
    header_lines: int = 2_000
    subject_characters: int = 500
    text_characters: int = 1_000_000
    html_characters: int = 1_000_000
    addresses: int = 500
    references: int = 100
    attachments: int = 200
    name_characters: int = 200


DEFAULT = Limits()
