"""People: who works here, what they can, when they work, how much they take."""
