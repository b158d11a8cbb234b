"""A process: what its cases are, which events are its steps, its goals and cost rates."""
