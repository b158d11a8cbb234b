"""Management commands of the organisation, one module each."""
