"""The API of every record type, made from its face: list, read, timeline, create, change, and each of its verbs."""
