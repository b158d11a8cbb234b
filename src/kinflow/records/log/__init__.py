"""The event log as people read it: every fact in words, filtered, with what it changed and what caused it."""
