"""`./kinflow process import|show …`: logs of other systems in, and what the studio shows of a process."""

from config.commands.place import say
from config.commands.single import migrated_database, run_manage

COMMANDS = {
    "import": ("import_log", "FILE --name NAME: read a log of another system"),
    "show": ("show_process", "NAME [--json]: what the studio shows of a process"),
}


def process(arguments: list[str]) -> int:
    """Run one of the commands about processes."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        return _usage(is_asked=name in {"help", "-h", "--help"})
    with migrated_database():
        return run_manage([COMMANDS[name][0], *rest])


def _usage(*, is_asked: bool) -> int:
    say("usage: ./kinflow process COMMAND …\n")
    for name, (_command, meaning) in COMMANDS.items():
        say(f"  {name:8}{meaning}")
    return 0 if is_asked else 2
