"""Measurements: each prints one JSON object as its last line. `./kinflow bench NAME` runs one."""
