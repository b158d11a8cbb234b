"""The models of the contact centre."""

from .emails.models import Attachment, Email, Thread

__all__ = ["Attachment", "Email", "Thread"]
