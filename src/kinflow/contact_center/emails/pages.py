"""What an e-mail's page fetches: the formatted message in its cage, the attachments and the original as downloads."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from kinflow.kit.problem import NotFound
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from . import files
from .files import Shelf
from .showing import document_of, readable_email

CAGE = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""What a shown message may do: nothing but show itself and open links in new windows."""
CLOSED = "default-src 'none'; frame-ancestors 'none'; sandbox"


@page
def message(request: HttpRequest, email_id: int) -> HttpResponse:
    """The formatted message as a document of its own, for a sandboxed frame."""
    email = readable_email(email_id, actor_of(request))
    safe = mark_safe(document_of(email))  # noqa: S308 - sanitised when it was taken in
    answer = HttpResponse(render_to_string("contact_center/message.html", {"email": email, "document": safe}))
    answer["Content-Security-Policy"] = CAGE
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@page
def attachment(request: HttpRequest, email_id: int, attachment_id: int) -> FileResponse:
    """One attachment, to be saved, never to be shown by the browser."""
    email = readable_email(email_id, actor_of(request))
    found = email.attachments.filter(pk=attachment_id).first() if attachment_id < 2**63 else None
    if found is None:
        raise NotFound(str(attachment_id))
    return _download("attachments", found.sha256, found.name)


@page
def original(request: HttpRequest, email_id: int) -> FileResponse:
    """The raw message as it came in."""
    email = readable_email(email_id, actor_of(request))
    return _download("mails", email.digest, f"E-{email.pk}.eml")


def _download(shelf: Shelf, digest: str, name: str) -> FileResponse:
    answer = FileResponse(
        files.opened(shelf, digest),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    answer["Content-Security-Policy"] = CLOSED
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
