"""`receive_email FILE…`: take in mails from files, as a mail server's delivery command would."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem

from ...emails.actions import receive_email
from ...emails.decoding import DEFAULT

MAILBOX = Actor("integration", "mailbox", "E-mail")


class Command(BaseCommand):
    """Take in mails from files."""

    help = "Read mails from files and take them in."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files."""
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help=_("a file with one raw mail, or - for the standard input"),
        )

    def handle(self, *_args: Any, files: list[str], **_options: Any) -> None:
        """Take in each; what fails is told, and the others are taken in all the same."""
        failed = 0
        for file in files:
            try:
                email = receive_email(raw=_read(file), by=MAILBOX)
            except (OSError, Problem) as error:
                failed += 1
                self.stderr.write(_("%(file)s cannot be read: %(why)s") % {"file": file, "why": error})
            else:
                self.stdout.write(f"{file}: E-{email.pk} {email.subject}")
        if failed:
            raise CommandError(
                _("%(failed)d of %(all)d mails were not taken in.") % {"failed": failed, "all": len(files)}
            )


def _read(file: str) -> bytes:
    """The file's bytes, of one that is too large only as many as show that."""
    if file == "-":
        return sys.stdin.buffer.read(DEFAULT.size + 1)
    with Path(file).open("rb") as source:
        return source.read(DEFAULT.size + 1)
