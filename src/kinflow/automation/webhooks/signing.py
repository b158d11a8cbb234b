"""Signatures: with them a receiver knows that a call is from here, and not an old one sent again by somebody else."""

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """A secret to be shared with the receiver."""
    return f"whsec_{secrets.token_urlsafe(32)}"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over "timestamp.body", in hexadecimal, behind the version of the way it is made."""
    signed = str(timestamp).encode() + b"." + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def headers_of(secret: str, timestamp: int, event: str, call: int, body: bytes) -> dict[str, str]:
    """The headers of a call; `call` is the same however often it is tried."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Kinflow",
        "Kinflow-Event": event,
        "Kinflow-Call": str(call),
        "Kinflow-Timestamp": str(timestamp),
        "Kinflow-Signature": signature(secret, timestamp, body),
    }
