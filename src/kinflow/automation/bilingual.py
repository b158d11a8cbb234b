"""Words said once in every language of the product, for what is kept and read by others later."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

LANGUAGES = ("en", "zh-hans")


def in_all_languages(say: Callable[[], Any]) -> dict[str, str]:
    """What `say` says with each language active: {"en": …, "zh-hans": …}."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(say())
    return told


def in_active_language(told: Mapping[str, str] | str) -> str:
    """The words in the reader's language; English where they were never said in it."""
    if isinstance(told, str):
        return told
    return told.get(translation.get_language() or "en") or told.get("en") or next(iter(told.values()), "")
