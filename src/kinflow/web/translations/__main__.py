"""`python -m kinflow.web.translations`: `manage translations` for a program that cannot start."""

import sys
from argparse import ArgumentParser

from kinflow.web.translations.upkeep import Untranslated, run


def main() -> None:
    """Parse the command line and run its verb."""
    parser = ArgumentParser(prog="translations")
    parser.add_argument("verb", choices=["update", "check", "compile"])
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    options = parser.parse_args()
    try:
        for line in run(options.verb, options.packages):
            sys.stdout.write(f"{line}\n")
    except Untranslated as error:
        sys.exit(str(error))


main()
