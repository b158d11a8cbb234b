"""`create_user LOGIN`: a sign-in, with a password asked for or made up."""

import secrets
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Problem
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actions import create_user


class Command(BaseCommand):
    """Create a sign-in."""

    help = "Create a sign-in; with --administrator it may do everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be said on the command line."""
        parser.add_argument("login")
        parser.add_argument("--email", default="")
        parser.add_argument("--person", type=int, help="number of the person whose sign-in it is")
        parser.add_argument("--administrator", action="store_true")
        parser.add_argument(
            "--ask", action="store_true", help="ask for the password instead of making one up"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create it, and show the password that was made up."""
        person = Person.objects.filter(pk=options["person"]).first() if options["person"] else None
        if options["person"] and person is None:
            raise CommandError(_("There is no person %(number)s.") % {"number": options["person"]})
        password = getpass() if options["ask"] else secrets.token_urlsafe(15)
        try:
            create_user(
                login=options["login"],
                person=person,
                email=options["email"],
                password=password,
                is_superuser=options["administrator"],
                by=SYSTEM,
            )
        except Problem as problem:
            raise CommandError(str(problem)) from None
        if not options["ask"]:
            self.stdout.write(password)
