"""The text of an access token: made of chance, kept as a digest."""

import hashlib
import secrets

MARK = "kf_"
HINT_LENGTH = 9


def digest_of(text: str) -> str:
    """What is kept of a token: the SHA-256 of its text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_text() -> str:
    """A fresh token: 256 bits of chance behind a mark that secret scanners can look for."""
    return MARK + secrets.token_urlsafe(32)


def hint_of(text: str) -> str:
    """How a token begins: enough to know it by, far too little to use it."""
    return text[:HINT_LENGTH]
