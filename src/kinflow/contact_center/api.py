"""What the contact centre adds to the API."""

from .emails.api import router

__all__ = ["router"]
