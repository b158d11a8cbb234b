"""One web process: the application, and an eye on the server that made the process.

A server that is killed leaves its processes behind; they would go on answering beside those of the next one.
"""

import gc
import os
import signal
import threading
import time

from config.asgi import application

__all__ = ["application"]

FRESH_OBJECTS = 20_000
"""So many new objects before garbage is looked for: a page makes some thousand, nearly all gone when it is sent."""
LOOK_SECONDS = 1
STOP_SECONDS = 5


def end_with(server: int) -> None:
    """End this process when the process `server` is no longer its parent."""
    while os.getppid() == server:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)


threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
gc.collect()
gc.freeze()  # what the program itself consists of never is garbage
gc.set_threshold(FRESH_OBJECTS, 20, 20)
