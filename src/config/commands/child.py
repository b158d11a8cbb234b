"""`python -m config.commands.child web|stock|manage …`: a process of the demo or of a measurement, never outliving it."""

import os
import signal
import sys
import threading

from config.commands import web
from config.commands.single import run_manage
from config.commands.stock import stock


def main(arguments: list[str]) -> int:
    """Do the work named, as long as the parent lives."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    name, *rest = arguments
    if name == "web":
        return web.run()
    if name == "stock":
        return stock()
    return run_manage(rest)


def end_with_parent() -> None:
    """Stop this process in order when its parent is gone: the pipe from it breaks."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
