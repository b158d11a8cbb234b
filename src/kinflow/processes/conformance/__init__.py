"""A log held against a model: which cases deviate, where, and what it costs."""
