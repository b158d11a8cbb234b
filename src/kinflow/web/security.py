"""What browsers are told to allow: our own scripts and styles, nothing from elsewhere."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]


def policy(nonce: str) -> str:
    """The content security policy of a page; style attributes carry measures of charts and bars."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ]
    )


def guarded(get_response: Answer) -> Answer:
    """Set `request.csp_nonce`, and the headers that an answer has not set itself."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        answer = get_response(request)
        answer.headers.setdefault("Content-Security-Policy", policy(nonce))
        answer.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            answer.headers.setdefault("Cache-Control", "private, no-cache")
            patch_vary_headers(answer, ["HX-Request", "HX-Boosted", "Cookie"])
        return answer

    return respond
