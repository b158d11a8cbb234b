"""A condition as a sentence of the active language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .fields import LISTS, Step
from .operators import OPPOSITES, Op
from .tree import All, Condition, Has, Not, Period, Some, Test, Today
from .typography import capitalised, filled, is_chinese, lowered, set_off
from .value_words import Names, ends_words, value_words
from .words import CLAUSES, LIST_CLAUSES


def sentence(condition: Condition, names: Names | None = None) -> str:
    """The condition in words: "Score is at least 40 and owner is me".

    `names` are what the records are called that the condition names (`related_ids` lists them); one without a
    name is told by its number.
    """
    return capitalised(phrase(condition, names or {}))


def phrase(condition: Condition, names: Names) -> str:
    """The condition as a part of a sentence."""
    match condition:
        case Test():
            return clause(condition, names)
        case Has():
            return _has(condition, names)
        case All(()):
            return pgettext("condition", "everything")
        case All((only,)) | Some((only,)) | Not(Not(only)):
            return phrase(only, names)
        case All(parts):
            return _joined(
                [_inner(part, names) for part in parts], pgettext("condition", "%(first)s and %(last)s")
            )
        case Some(parts):
            return _joined(
                [_inner(part, names) for part in parts], pgettext("condition", "%(first)s or %(last)s")
            )
        case Not(Test() as test):
            return clause(test, names, denied=True)
        case Not(Has() as has):
            return _has(has, names, denied=True)
        case Not(All(())):
            return pgettext("condition", "nothing")
        case Not(part):
            return pgettext("condition", "not %(condition)s") % {"condition": _bracketed(phrase(part, names))}


def clause(test: Test, names: Names, *, denied: bool = False) -> str:
    """One test, asked or denied."""
    asked = plainly(test)
    clauses = LIST_CLAUSES if test.field.kind in LISTS and asked in LIST_CLAUSES else CLAUSES
    pattern = clauses[asked][(test.op in OPPOSITES) is not denied]
    ends = ends_words(test, names) if test.op is Op.BETWEEN else {}
    return filled(pattern, field=path_words(test.steps), value=value_words(test, names), **ends)


def plainly(test: Test) -> Op:
    """The operator whose clause says a test best: one value of many "is", and so is a day that has a name."""
    asked = OPPOSITES.get(test.op, test.op)
    one_of_one = asked is Op.ANY_OF and isinstance(test.value, tuple) and len(test.value) == 1
    named_day = test.value is Period.DAY or (asked is Op.ON and isinstance(test.value, Today))
    return Op.IS if named_day or (one_of_one and test.field.kind not in LISTS) else asked


def path_words(steps: Sequence[Step]) -> str:
    """What a path leads to, inside a sentence: the account's industry."""
    words = lowered(str(steps[0].field.label))
    for step in steps[1:]:
        words = filled(_("%(owner)s’s %(field)s"), owner=words, field=lowered(str(step.field.label)))
    return words


def _has(has: Has, names: Names, *, denied: bool = False) -> str:
    """Whether there are related records, and which."""
    things = lowered(str(has.steps[-1].field.label))
    if has.where != All():
        where = _bracketed(phrase(has.where, names))
        things = filled(_("%(things)s where %(where)s"), things=things, where=where)
    if has.at_least > 1:
        pattern = (
            _("has fewer than %(count)s %(things)s") if denied else _("has at least %(count)s %(things)s")
        )
    else:
        pattern = _("has no %(things)s") if denied else _("has %(things)s")
    words = filled(pattern, things=things, count=f"{has.at_least:,}")
    if len(has.steps) == 1:
        return words
    return filled(_("%(owner)s %(has_things)s"), owner=path_words(has.steps[:-1]), has_things=words)


def _inner(part: Condition, names: Names) -> str:
    """A part of a group; a group of several in brackets, so that "and" and "or" cannot be mixed up."""
    words = phrase(part, names)
    match part:
        case All((_a, _b, *_)) | Some((_a, _b, *_)):
            return _bracketed(words)
        case _:
            return words


def _bracketed(words: str) -> str:
    return pgettext("condition", "(%(condition)s)") % {"condition": words}


def _joined(parts: list[str], last: str) -> str:
    """A, B and C."""
    *first, end = parts
    begun = pgettext("between clauses", ", ").join(first)
    return last % {"first": begun, "last": set_off(end).rstrip() if is_chinese() else end}
