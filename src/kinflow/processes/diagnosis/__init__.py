"""Findings: what is wrong with a process, how big it is, which cases show it, and which moves fit."""
