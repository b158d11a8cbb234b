"""What a what-if was tried for, in words that are kept: without the names of single people."""

from dataclasses import replace

from django.utils.translation import gettext as _

from kinflow.automation.bilingual import in_all_languages
from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound

from ..diagnosis.naming import names_for
from ..diagnosis.telling import finding_of
from ..diagnosis.words.saying import seen_of, title_of
from ..simulation.whatif.models import WhatIf


def found_words(row: WhatIf, by: Actor) -> dict[str, str]:
    """What was found by language, without single people; nothing where it is not found any more."""
    if not row.finding:
        return {}
    try:
        found = finding_of(row.process, row.finding, by).finding
    except NotFound:
        return {}

    def say() -> str:
        names = replace(names_for(row.process, [found]), person=lambda _key: _("somebody"))
        return f"{title_of(found, names)}\n{seen_of(found, names)}"

    return in_all_languages(say)
