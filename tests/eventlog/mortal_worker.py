"""A worker to be killed: for each line it reads, a fresh process follows the log until it dies.

It prints the process's id on a line of its own, then a dot before and after each effect, and "dead" once it is gone.
"""

import os
import sys
import threading

import django
from django.utils import timezone


def follow_until_death() -> None:
    """Do the effect of each entry, a row in the table `effect`, until somebody ends this process."""
    from django.db import connection

    from kinflow.eventlog.follow import follow
    from kinflow.eventlog.models import Entry
    from kinflow.eventlog.readers import reader, readers

    readers.clear()

    @reader("mortal", from_start=True).on("organisation.skill_tried")
    def take(entry: Entry) -> None:
        os.write(1, b".")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect VALUES (%s)", [entry.pk])
        os.write(1, b".")

    follow(threading.Event(), timezone.now)


def main() -> None:
    """Give birth to workers, one after the other."""
    django.setup()
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            follow_until_death()
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
