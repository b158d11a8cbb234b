"""Mails for tests, as bytes."""

from email.message import EmailMessage

MAILBOX = "service@pumps.example"


def letter(
    sender: str = "Li Wei <li.wei@water.example>",
    subject: str = "Pump leaks",
    text: str = "Our pump leaks.",
    number: str = "one@water.example",
    **more: str | bytes,
) -> bytes:
    """A plain mail; `more` are `answers` (In-Reply-To), `references`, `html`, `file` (bytes), and other headers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, MAILBOX, subject
    mail["Date"] = "Mon, 01 Jun 2026 10:00:00 +0800"
    if number:
        mail["Message-ID"] = f"<{number}>"
    html, file = more.pop("html", ""), more.pop("file", b"")
    if answers := more.pop("answers", ""):
        mail["In-Reply-To"] = f"<{answers}>"
    if references := more.pop("references", ""):
        mail["References"] = " ".join(f"<{each}>" for each in str(references).split())
    for name, value in more.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    if file:
        mail.add_attachment(file, maintype="application", subtype="pdf", filename="plan.pdf")
    if mail.is_multipart():
        mail.set_boundary("between the parts")
    return mail.as_bytes()
