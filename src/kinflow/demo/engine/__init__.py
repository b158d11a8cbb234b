"""A small discrete-event engine: a loop of moments, people's desks with queues, and working time."""
