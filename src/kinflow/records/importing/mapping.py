"""Which column becomes which field, guessed from headers and values, each guess with its confidence and
reason."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid

from .evidence import fitting
from .rejects import REASON_HEADERS
from .tables import Cell
from .targets import ImportKind, Target

SURE, LIKELY, WEAK = 0.95, 0.8, 0.65
KEPT, IGNORED = "+", ""
"""Instead of a field's name: the column is kept as a line of the notes ("header: value"), or left out."""

_BY_VALUES = {ImportKind.EMAIL: 0.75, ImportKind.PHONE: 0.66, ImportKind.URL: 0.66}
_NOUNS = re.compile(
    r"^(?:(?:lead|contact|account|deal|opportunity|potential|case|ticket|product|record|person)\s"
    r"|(?:线索|联系人|客户|商机|销售机会|机会|工单|服务请求|产品)\s?)"
)


_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_NUMBERED = re.compile(r"(?:\b(?:ids?|number|no|code)|id|编号|代码)$")
_GENERAL = frozenset(("date", "time", "name", "number", "id", "type", "value", "of", "the", "is"))


@dataclass(frozen=True)
class Guess:
    """What becomes of a column: a field's name, `KEPT` or `IGNORED`; how sure (0 to 1) and why, in words."""

    header: str
    target: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Mapping:
    """The guesses, one for each column in order."""

    guesses: tuple[Guess, ...]

    @property
    def columns(self) -> dict[str, list[int]]:
        """The positions of the columns of each field."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, one in enumerate(self.guesses):
            if one.target not in (KEPT, IGNORED):
                found[one.target].append(position)
        return dict(found)

    @property
    def kept(self) -> list[int]:
        """The positions of the columns that go to the notes."""
        return [position for position, one in enumerate(self.guesses) if one.target == KEPT]

    def as_json(self) -> dict[str, str]:
        """By header: the form in which a mapping is stored and given to the program."""
        return {one.header: one.target for one in self.guesses}

    def changed(self, choices: AnyMapping[str, Any], targets: Sequence[Target]) -> "Mapping":
        """The mapping with some columns decided by a person. Raises Invalid for unknown headers, fields,
        doubles."""
        known = {target.name: target for target in targets}
        headers = {one.header for one in self.guesses}
        errors = [
            FieldError(
                f"/map/{header}",
                _("There is no such column.") if header not in headers else _("There is no such field."),
            )
            for header, name in choices.items()
            if header not in headers or (name not in known and name not in (KEPT, IGNORED))
        ]
        made = Mapping(
            tuple(
                Guess(one.header, choices[one.header], 1.0, _("Chosen by a person."))
                if one.header in choices
                else one
                for one in self.guesses
            )
        )
        errors += [
            FieldError(
                f"/map/{made.guesses[places[1]].header}", _("Two columns cannot both become this field.")
            )
            for name, places in made.columns.items()
            if name in known and len(places) > 1 and not known[name].many
        ]
        if errors:
            raise Invalid(errors=errors)
        return made


def guess(headers: Sequence[str], samples: Sequence[Sequence[Cell]], targets: Sequence[Target]) -> Mapping:
    """The likeliest mapping. `samples` holds some values of each column, in the order of the headers.

    Names decide first (a known name, a similar one), values confirm, contradict, or speak alone where they
    are
    addresses or numbers. A field takes one column, or several where it may; two equally weak claims cancel
    each other.
    """
    claims = sorted(_claims(headers, samples, targets), key=lambda claim: (-claim[0], claim[1], claim[2]))
    rivals = _rivals(claims)
    taken: dict[int, Guess] = {}
    used: set[str] = set()
    for confidence, position, order, reason in claims:
        target = targets[order]
        if position in taken or (target.name in used and not target.many) or (confidence, order) in rivals:
            continue
        taken[position] = Guess(headers[position], target.name, round(confidence, 2), reason)
        used.add(target.name)
    return Mapping(tuple(taken.get(at) or _left(headers[at], samples[at]) for at in range(len(headers))))


Claim = tuple[float, int, int, str]  # confidence, column, target, reason


def _rivals(claims: Sequence[Claim]) -> set[tuple[float, int]]:
    """Weak claims of several columns to one field with the same confidence."""
    columns: dict[tuple[float, int], set[int]] = defaultdict(set)
    for confidence, position, order, _reason in claims:
        if confidence < LIKELY:
            columns[confidence, order].add(position)
    return {claim for claim, places in columns.items() if len(places) > 1}


def _claims(
    headers: Sequence[str], samples: Sequence[Sequence[Cell]], targets: Sequence[Target]
) -> list[Claim]:
    known = [_names(target) for target in targets]
    claims = []
    for position, header in enumerate(headers):
        name, bare = plain(header), plain(_BRACKETS.sub(" ", header))
        if name in REASON_HEADERS:
            continue
        fits: dict[ImportKind, float | None] = {}
        for order, target in enumerate(targets):
            if target.kind not in fits:
                fits[target.kind] = fitting(target.kind, samples[position])
            confidence, reason = _by_name(name, bare, target, known[order])
            confidence, reason = _with_values(confidence, reason, target, fits[target.kind])
            if confidence >= WEAK:
                claims.append((confidence, position, order, reason))
    return claims


def _by_name(name: str, bare: str, target: Target, known: AnyMapping[str, float]) -> tuple[float, str]:
    short = "" if _NUMBERED.search(bare) else _NOUNS.sub("", bare)
    for form, worth in ((name, 0.0), (bare, 0.01), (short, 0.03)):
        if form and form in known:
            return known[form] - worth, _("The name is known for “%(label)s”.") % {"label": target.label}
    best, word = max(((_likeness(name, one), one) for one in known), default=(0.0, ""))
    return best, _("The name is similar to “%(word)s”.") % {"word": word}


def _with_values(confidence: float, reason: str, target: Target, fit: float | None) -> tuple[float, str]:
    """Values that do not fit weigh against a name; those that speak for themselves stand in for one."""
    if fit is None:
        return confidence, reason
    if fit < 0.3:
        return confidence * 0.4, reason
    alone = _BY_VALUES.get(target.kind, 0.0) if fit >= 0.8 else 0.0
    if alone > confidence:
        return alone, _("The values look like “%(label)s”.") % {"label": target.label}
    return min(1.0, confidence + (0.02 if fit >= 0.8 and confidence >= WEAK else 0.0)), reason


def _names(target: Target) -> dict[str, float]:
    """The names of a field, with what they are worth; earlier synonyms a little more than later ones."""
    names = {plain(target.name): 1.0, plain(target.label_en): 1.0, plain(target.label_zh): 1.0}
    for order, synonym in enumerate(target.synonyms):
        names.setdefault(plain(synonym), max(SURE, 0.99 - order * 0.001))
    return names


def _likeness(name: str, known: str) -> float:
    """How similar two plain names are, 0 to 1: the words they share, or for Chinese the signs."""
    if bool(_NUMBERED.search(name)) != bool(_NUMBERED.search(known)):
        return 0.0
    if name.isascii() and known.isascii():
        ours, theirs = set(name.split()), set(known.split())
        shared = ours & theirs
        if shared - _GENERAL and shared in (theirs, ours):
            general = 0.1 if shared != theirs else 0.0  # a name that says less than the field's
            return 0.5 + 0.4 * len(shared) / max(len(ours), len(theirs)) - general
        close = (
            SequenceMatcher(None, name, known).ratio()
            if abs(len(name) - len(known)) < 4 and len(known) > 4
            else 0
        )
        return 0.9 * close if close > 0.85 else 0.0
    if len(known) > 1 and known in name and not known.isascii():
        return 0.5 + 0.4 * len(known) / len(name)
    return 0.0


def _left(header: str, values: Sequence[Cell]) -> Guess:
    """A column that matches nothing: kept where its values say something, left out where all are empty or the
    same."""
    if plain(header) in REASON_HEADERS:
        return Guess(header, IGNORED, 1.0, _("This column says why a row was rejected before."))
    different = {str(value).strip() for value in values} - {""}
    if len(different) > 1 or (different and len(values) < 10):
        return Guess(header, KEPT, 0.0, _("No field fits; the values are kept in the notes."))
    return Guess(header, IGNORED, 0.0, _("No field fits, and the column says nothing."))


def plain(name: str) -> str:
    """A header's name for comparing: small letters and digits, words apart, without decoration."""
    text = unicodedata.normalize("NFKC", name).removesuffix("__c")
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    text = re.sub(r"\((?:required|optional|必填|选填)\)", " ", text)
    return " ".join(re.findall(r"[^\W_]+", text))
