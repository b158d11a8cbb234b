"""Mails for the tests of decoding: samples from other projects, and small ones put together here."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "mail"
CRLF = b"\r\n"


def sample(path: str) -> bytes:
    """A mail of the sample collections, such as "talon/android.eml"."""
    return (SAMPLES / path).read_bytes()


def mail(*headers: bytes | str, body: bytes | str = b"") -> bytes:
    """A mail with these header lines, and the body as it is."""
    lines = [h.encode() if isinstance(h, str) else h for h in headers]
    return CRLF.join([*lines, b"", body.encode() if isinstance(body, str) else body])


def multipart(kind: str, *parts: bytes, boundary: str = "b0", headers: tuple[str, ...] = ()) -> bytes:
    """A mail of several parts, each given with its own headers."""
    mark = boundary.encode()
    body = b"".join(b"--" + mark + CRLF + part + CRLF for part in parts) + b"--" + mark + b"--" + CRLF
    return mail(*headers, f'Content-Type: multipart/{kind}; boundary="{boundary}"', body=body)
