"""All kinds of step, known once this is imported."""

from . import assign, branch, change_fields, create_record, segment, tell, wait, webhook

__all__ = ["assign", "branch", "change_fields", "create_record", "segment", "tell", "wait", "webhook"]
