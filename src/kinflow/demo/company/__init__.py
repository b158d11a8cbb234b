"""The company itself: units, posts, people and what they can, calendars, absences, products."""
