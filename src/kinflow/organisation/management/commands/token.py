"""`token LOGIN`: an access token for programs, shown once."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem
from kinflow.organisation.users.models import User
from kinflow.organisation.users.tokens import issue


class Command(BaseCommand):
    """Issue a token of a user."""

    help = "Issue an access token that acts for the user LOGIN; it is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be said on the command line."""
        parser.add_argument("login")
        parser.add_argument("--name", default="command line")
        parser.add_argument(
            "--scopes", default="read,write", help="comma-separated: read, write, lead:read …"
        )
        parser.add_argument("--days", type=int, default=365, help="how long it holds; 0: for ever")

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue it, and show it."""
        user = User.objects.filter(username=options["login"]).first()
        if user is None:
            raise CommandError(_("There is no sign-in “%(login)s”.") % {"login": options["login"]})
        days = options["days"]
        ends = timezone.now() + timedelta(days=days) if days else None
        try:
            text = issue(user, options["name"], options["scopes"].split(","), ends)
        except Problem as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(text)
