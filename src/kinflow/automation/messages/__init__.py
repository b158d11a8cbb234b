"""Messages: one function tells people (`sending.send`), by the ways each of them chose, never twice."""
