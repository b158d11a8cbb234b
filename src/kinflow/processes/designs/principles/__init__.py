"""A design held against the seven principles of re-engineering, with the evidence for each."""
