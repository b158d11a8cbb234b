"""What of each published sample was written anew, as the collections' own tests and answer files say.

A text must be met exactly but for white space; a list of patterns must each be found in the answer. Inline
quotes that a
collection keeps beside the answers to them are left out here.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from kinflow.contact_center.emails.decoding import decode
from kinflow.contact_center.emails.decoding.flaws import Flaws
from kinflow.contact_center.emails.decoding.plain import text_of_html

Answer = str | list[str]
WHOLE = "WHOLE"  # the text itself

GITHUB: Mapping[str, Answer] = {
    "correct_sig": "this is an email with a correct -- signature.",
    "email_1_1": (
        "Hi folks\n\nWhat is the best way to clear a Riak bucket of all key, values after\nrunning a test?\n"
        "I am currently using the Java HTTP API."
    ),
    "email_1_2": [r"^Hi,\s+You can list", r'delete them all individually\."$'],
    "email_1_3": "Oh thanks.\n\nHaving the function would be great.",
    "email_1_4": [r"^Awesome", r"^(?!.*Loader)"],
    "email_1_5": WHOLE,
    "email_1_6": [r"^I get", r"^(?!.*Was this)"],
    "email_1_7": [r":\+1:", r"^(?!.*Steps 0-2)"],
    "email_1_8": "I will reply under this one\n\nand under this.",
    "email_2_1": "Outlook with a reply",
    "email_2_2": "Outlook with a reply directly above line",
    "email_2_3": "Outlook with a reply directly above line",
    "email_BlackBerry": "Here is another email",
    "email_iPhone": "Here is another email",
    "email_multi_word_sent_from_my_mobile_device": "Here is another email",
    "email_sent_from_my_not_signature": (
        "Here is another email\n\nSent from my desk, is much easier then my mobile phone."
    ),
    "email_bullets": (
        "test 2 this should list second\n\nand have spaces\n\nand retain this formatting\n\n\n"
        "   - how about bullets\n   - and another"
    ),
    "email_one_is_not_on": [r"when I run\.\.\.$"],
    "email_sig_delimiter_in_middle_of_line": WHOLE,
    "greedy_on": [r"tunnel is not working\.$"],
}
Case = tuple[str, str, str, Answer]  # name, text, sender's name, answer


def cases(find: Callable[[str], Path]) -> list[Case]:
    """All samples with a published answer, in the real data's mail folder."""
    return [*_github(find("mail/github-reply")), *_talon(find("mail/talon"))]


def _github(folder: Path) -> list[Case]:
    return [
        (name, (folder / f"{name}.txt").read_text("utf-8"), "", answer) for name, answer in GITHUB.items()
    ]


def _talon(folder: Path) -> list[Case]:
    found: list[Case] = []
    for path in sorted((folder / "standard_replies").glob("*.eml")):
        mail = decode(path.read_bytes())
        found.append((path.stem, mail.text, mail.sender.name, "Hello"))
    for path in sorted((folder / "html_replies").glob("*.html")):
        text = text_of_html(path.read_text("utf-8"), Flaws())
        found.append((path.stem, text, "", [r"^Hi\b", r"^(?!.*Hello! How are you)"]))
    signed = folder / "signature" / "emails" / "stripped"
    for path in sorted(signed.glob("*_body")):
        name = path.name.removesuffix("_body")
        body, signature, sender = (
            (signed / f"{name}_{which}").read_text("utf-8").replace("#sig#", "").strip()
            for which in ("body", "signature", "sender")
        )
        written = body.removesuffix(signature) if signature else body
        known = sender.split("<")[0].strip(' "') if "<" in sender else sender.split("@")[0]
        found.append((name, body, known, written))
    return found
