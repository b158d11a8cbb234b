"""A message as its person reads it: their language, their words for the record, one link to it."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation

from .models import Message


def language_of(person: object) -> str:
    """The language that the person chose, else the installation's."""
    return getattr(getattr(person, "user", None), "language", "") or settings.LANGUAGE_CODE


def said(words: Mapping[str, str], language: str) -> str:
    """The words in the language, or in any that they were said in."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def link(message: Message) -> str:
    """The address that leads from outside to what the message is about; it counts as read then."""
    return f"{settings.URL}/messages/{message.pk}/"


def letter(message: Message) -> tuple[str, str]:
    """Subject and text for the person."""
    language = language_of(message.person)
    with translation.override(language):
        subject = " ".join(said(message.subject, language).split())
        text = said(message.text, language)
    return subject, "\n\n".join(filter(None, [text, link(message)]))
