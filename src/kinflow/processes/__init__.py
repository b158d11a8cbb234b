"""Processes: how work really flows, found in the log; what is wrong with it, with evidence."""
