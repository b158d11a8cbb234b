"""Redesigns: the moves of a what-if made in a design and in the organisation, in one step that can be undone."""
