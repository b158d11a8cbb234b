"""A hostile mail shows itself and does nothing; pictures that came with it are inside."""

import base64
from email.message import EmailMessage

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from kinflow.contact_center.emails.actions import receive_email
from kinflow.contact_center.emails.showing import document_of, message_of
from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM

from .letters import letter

pytestmark = pytest.mark.django_db
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOSTILE = """
<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg><a href="javascript:alert(1)">x</a>
<iframe src="https://evil.example"></iframe><form action="https://evil.example"><input name=password></form>
<img src="https://evil.example/pixel.png"><div style="background:url(https://evil.example/p.png)">y</div>
<link rel=stylesheet href="https://evil.example/x.css"><meta http-equiv=refresh content="0;url=https://evil.example">
<base href="https://evil.example"><style>@import "https://evil.example/x.css"</style><p onclick=alert(1)>Pump leaks</p>
"""


def received(raw: bytes) -> Email:
    return receive_email(raw=raw, by=SYSTEM)


def body_of(email: Email) -> str:
    request = RequestFactory().get("/")
    request.by = SYSTEM
    return render_to_string("contact_center/email_body.html", {"record": email}, request)


def test_nothing_of_a_hostile_mail_runs_or_fetches():
    document = document_of(received(letter(html=HOSTILE))).lower()
    assert "pump leaks" in document
    for bad in (
        "script",
        "onerror",
        "onload",
        "onclick",
        "iframe",
        "<form",
        "<link",
        "<meta",
        "<base",
        "<style",
    ):
        assert bad not in document
    assert "evil.example" not in document
    assert "javascript:" not in document


def test_the_page_shows_hostile_text_as_text():
    attack = "<script>alert(1)</script>"
    email = received(letter(text=attack, subject=attack, sender=f'"{attack}" <a@b.example>', html=HOSTILE))
    page = body_of(email)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "onerror" not in page


def test_the_frame_is_sandboxed_without_scripts_or_our_origin():
    page = body_of(received(letter(html="<p>Leak</p>")))
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "allow-scripts" not in page
    assert "allow-same-origin" not in page


def test_new_words_come_first_and_what_they_answer_is_folded():
    text = "It still leaks.\n\nOn Mon, 1 Jun 2026 at 10:00, Service <service@pumps.example> wrote:\n> Is it dry now?\n"
    email = received(letter(text=text))
    message = message_of(email, SYSTEM)
    assert (message.fresh, message.has_more) == ("It still leaks.", True)
    before, _fold, after = body_of(email).partition("<details")
    assert "It still leaks." in before
    assert "Is it dry now?" not in before
    assert "Is it dry now?" in after


def with_picture(content: bytes, kind: str = "png") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "service@pumps.example", "Picture"
    mail["Message-ID"] = "<p@b.example>"
    mail.set_content("See below.")
    mail.add_alternative('<p>See <img src="cid:dot@b"></p>', subtype="html")
    mail.get_payload()[1].add_related(content, "image", kind, cid="<dot@b>")
    return mail.as_bytes()


def test_a_picture_that_came_with_the_mail_is_inside_the_document():
    assert "data:image/png;base64," in document_of(received(with_picture(DOT)))


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<script>", b""]
)
def test_what_only_calls_itself_a_picture_is_not_shown(content):
    document = document_of(received(with_picture(content)))
    assert "data:" not in document
    assert "cid:" not in document


def test_problems_of_the_mail_are_said_in_words():
    page = body_of(received(letter(number="")))
    assert "The mail has no message number." in page
