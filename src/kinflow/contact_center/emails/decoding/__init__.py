"""A raw mail understood: `decode` takes the bytes apart as far as they go, and tells what was wrong with
them."""

from .addresses import Address
from .bounces import Bounce, Failure
from .decode import MailTooLarge, decode
from .flaws import Flaw, words
from .limits import DEFAULT, Limits
from .replies import fresh
from .sanitising import sanitised, with_pictures
from .values import Attachment, DecodedEmail

__all__ = [
    "DEFAULT",
    "Address",
    "Attachment",
    "Bounce",
    "DecodedEmail",
    "Failure",
    "Flaw",
    "Limits",
    "MailTooLarge",
    "decode",
    "fresh",
    "sanitised",
    "with_pictures",
    "words",
]
