"""Incoming e-mails: decoded, joined to contact, thread and case."""
