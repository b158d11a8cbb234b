"""One play of a process, shown as cases that walk from step to step."""
