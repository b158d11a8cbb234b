"""The data structure diagram: what kinds of records there are, their fields, and how they relate."""
