"""Language: how well a person speaks what the customer speaks."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.place_words import language_words

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, level_share, rows_by
from .situation import Situation


def language_levels(situation: Situation, language: str) -> Matrix:
    """Everybody's level in a language; "zh-hans" counts as "zh"."""
    short = language.lower().split("-")[0]
    had = np.zeros(situation.shape[1], np.int8)
    for spoken, levels in situation.people.languages.items():
        if str(spoken).lower().split("-")[0] == short:
            had = np.maximum(had, levels)
    return had.astype(np.float64)


@criterion
@dataclass(frozen=True)
class Language(Criterion):
    """min(1, level had / level needed) in the customer's language; 0 where it is not known."""

    name = "language"
    label = gettext_lazy("Language")
    help = gettext_lazy("How well the person speaks the customer's language.")
    needed: int = parameter(gettext_lazy("Level needed"), 4, low=1, high=5)

    def values(self, situation: Situation) -> Matrix:
        """The share of the level needed."""
        return rows_by(
            situation,
            lambda item: item.language,
            lambda language: level_share(language_levels(situation, language), self.needed),
        )

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The language with its level."""
        language = situation.items[item].language
        if not language:
            return _("The customer's language is not known")
        level = int(language_levels(situation, language)[person])
        return _("Language %(language)s (level %(level)d)") % {
            "language": language_words(language),
            "level": level,
        }
