"""Raw mails over the API: what a mail server or another program hands over as it came in."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Invalid

from .actions import receive_email
from .decoding import DEFAULT, MailTooLarge
from .models import Email

router = Router(tags=["emails"])


class Received(Schema):
    """An e-mail that was taken in, and what it was joined to."""

    id: int
    number: str
    url: str
    status: str
    is_automatic: bool
    thread: int
    contact: int | None
    account: int | None
    case: int | None
    problems: list[dict[str, str]]


@router.post("/emails/raw", response={201: Received}, summary="Take in a raw e-mail")
def post_raw_email(request: HttpRequest) -> tuple[int, Received]:
    """Take in one mail: the body as message/rfc822, or multipart/form-data with the mail as `file`.

    The same mail again gives the same e-mail. Mails above 50 MB are refused with 413.
    """
    by: Actor = request.by  # type: ignore[attr-defined]
    return 201, _told(receive_email(raw=_raw(request), by=by))


def _raw(request: HttpRequest) -> bytes:
    """The mail's bytes, of a mail that is too large only as many as show that."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdecimal() and int(length) > DEFAULT.size + 100_000:
        raise MailTooLarge(_("The e-mail is larger than %(limit)s MB.") % {"limit": DEFAULT.size // 1024**2})
    if request.content_type == "multipart/form-data":
        upload = request.FILES.get("file")
        raw = upload.read(DEFAULT.size + 1) if upload is not None else b""
    else:
        raw = request.read(DEFAULT.size + 1)
    if not raw:
        raise Invalid(
            _("There is no mail in this request."),
            remedy=_("Send one raw mail as message/rfc822, or as the file “file” of a form."),
        )
    return raw


def _told(email: Email) -> Received:
    return Received(
        id=email.pk,
        number=f"E-{email.pk}",
        url=f"/emails/{email.pk}/",
        status=email.status,
        is_automatic=email.is_automatic,
        thread=email.thread_id,
        contact=email.contact_id,
        account=email.account_id,
        case=email.case_id,
        problems=email.problems,
    )
