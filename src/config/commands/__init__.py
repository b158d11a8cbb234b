"""The launcher's commands, inside the environment that the launcher made: a module per command or theme."""
