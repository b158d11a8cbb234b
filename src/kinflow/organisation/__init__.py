"""Units, positions, people, their skills, calendars and presence, and the matching of work to people."""
