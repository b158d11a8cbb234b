"""From a condition to a Django Q: plain comparisons on columns, so that indexes serve them.

SQL knows "unknown", conditions do not. So negation is pushed down to the single comparisons, and each of
those says what it does with NULL; above them only AND and OR remain, where unknown and false select the same.
"""

from django.db import connection
from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, TextField

from .context import Context
from .fields import LISTS
from .folding import has_cases, pattern
from .matching import Between, Covers, Like, Matcher, Missing, OnDays, OneOf, Shares, matcher_of
from .paths import hops_of, is_crossing, lookup_of, way_back
from .tree import All, Condition, Has, Not, Some, Test


def to_q(condition: Condition, context: Context) -> Q:
    """The condition as a filter for a queryset of its record type's model.

    Filter with it (`queryset.filter(to_q(…))`); do not exclude or negate it, let the condition say "not".
    """
    return _q(condition, context, negated=False)


def _q(condition: Condition, context: Context, *, negated: bool) -> Q:
    match condition:
        case Test():
            return _test(condition, context, negated=negated)
        case Has():
            found = Q(_exists(condition, context))
            return ~found if negated else found
        case Not(part):
            return _q(part, context, negated=not negated)
        case All(parts) | Some(parts):
            together = isinstance(condition, All) is not negated
            qs = [_q(part, context, negated=negated) for part in parts]
            return _joined(qs, together=together)


def _joined(qs: list[Q], *, together: bool) -> Q:
    """The conjunction or disjunction; an empty Q is everything, and must not get lost in a disjunction."""
    if not qs:
        return Q() if together else nothing()
    if not together and any(not q for q in qs):
        return Q()
    return Q(*(q for q in qs if q), _connector=Q.AND if together else Q.OR)


def nothing() -> Q:
    """A filter that no record passes."""
    return Q(pk__in=())


def _exists(has: Has, context: Context) -> Exists:
    """Whether there are enough related records for which `where` holds."""
    ahead, model, back = way_back(has.steps[-1])
    here = "__".join(filter(None, (lookup_of(has.steps[:-1]), ahead, "pk")))
    related = model._default_manager.filter(**{back: OuterRef(here)}).filter(to_q(has.where, context))
    if has.at_least > 1 and is_crossing(has.steps[-1]):
        related = related.distinct()
    return Exists(related[has.at_least - 1 : has.at_least] if has.at_least > 1 else related)


def _test(test: Test, context: Context, *, negated: bool) -> Q:
    matcher, opposite = matcher_of(test, context)
    path = lookup_of(test.steps)
    negated = negated is not opposite
    if test.field.kept is not None:
        return _kept(test, matcher, negated=negated)
    match matcher:
        case Between():
            return _outside(path, matcher) if negated else _inside(test, path, matcher)
        case Missing():
            return _filled(test, path) if negated else _missing(test, path)
        case _:
            found = _found(test, path, matcher)
            # said outright: Django forgets NULL in a negation beside another use of the same join
            return Q((f"{path}__isnull", True)) | ~found if negated else found


def _kept(test: Test, matcher: Matcher, *, negated: bool) -> Q:
    """A list that is kept beside the records: their ids are among those that have the values."""
    kept, key = test.field.kept, "__".join(filter(None, (lookup_of(test.steps[:-1]), "pk")))
    assert kept is not None
    match matcher:
        case Shares(values):
            found = Q((f"{key}__in", kept.ids_in(values)))
        case Covers(values):
            found = Q(*(Q((f"{key}__in", kept.ids_in((value,)))) for value in values))
        case Missing():
            found, negated = Q((f"{key}__in", kept.ids_in(None))), not negated
        case _:
            raise AssertionError(matcher)
    if not negated:
        return found
    return Q((f"{key}__isnull", True)) | ~found if len(test.steps) > 1 else ~found


def _inside(test: Test, path: str, span: Between) -> Q:
    """A value between the ends; NULL is not."""
    q = Q((f"{path}__isnull", False)) if _is_beyond(test, span) else Q()
    if span.low is not None:
        q &= Q((f"{path}__gte" if span.low_in else f"{path}__gt", span.low))
    if span.high is not None:
        q &= Q((f"{path}__lte" if span.high_in else f"{path}__lt", span.high))
    return q


def _is_beyond(test: Test, span: Between) -> bool:
    """Whether an end lies beyond what the column holds: Django leaves such a comparison out, for NULL too."""
    column = hops_of(test.steps[-1])[-1]
    if not isinstance(column, IntegerField):
        return False
    least, most = connection.ops.integer_field_range(column.get_internal_type())
    return any(end is not None and not (least or 0) <= end <= (most or 0) for end in (span.low, span.high))


def _outside(path: str, span: Between) -> Q:
    """A value on either side of the ends, or NULL."""
    q = Q((f"{path}__isnull", True))
    if span.low is not None:
        q |= Q((f"{path}__lt" if span.low_in else f"{path}__lte", span.low))
    if span.high is not None:
        q |= Q((f"{path}__gt" if span.high_in else f"{path}__gte", span.high))
    return q


def _missing(test: Test, path: str) -> Q:
    """No value; texts and lists know two ways of having none."""
    null = Q((f"{path}__isnull", True))
    if test.field.kind in LISTS:
        return null | Q((path, []))
    return null | Q((path, "")) if _is_text(test) else null


def _filled(test: Test, path: str) -> Q:
    """A value; nothing sorts below an empty text, so that one comparison is enough for texts."""
    if _is_text(test):
        return Q((f"{path}__gt", ""))
    there = Q((f"{path}__isnull", False))
    return there & ~Q((path, [])) if test.field.kind in LISTS else there


def _is_text(test: Test) -> bool:
    return isinstance(hops_of(test.steps[-1])[-1], CharField | TextField)


def _found(test: Test, path: str, matcher: Matcher) -> Q:
    """A comparison that NULL never passes."""
    match matcher:
        case OneOf((value,)):
            return Q((path, value))
        case OneOf(values):
            return Q((f"{path}__in", values)) if values else nothing()
        case Like():
            return _like(path, matcher)
        case OnDays(days, before):
            q = Q((f"{path}__day_of_year__in", days))
            return q if before is None else q & Q((f"{path}__lt", before))
        case Shares(values):
            fitting = [value for value in values if _fits(test, value)]
            return Q((f"{path}__overlap", fitting)) if fitting else nothing()
        case Covers(values):
            return (
                Q((f"{path}__contains", list(values))) if all(_fits(test, v) for v in values) else nothing()
            )
    raise AssertionError(matcher)


def _fits(test: Test, value: object) -> bool:
    """Whether a list's column can hold the value; PostgreSQL would cut a longer one, and find the rest."""
    most = getattr(getattr(hops_of(test.steps[-1])[-1], "base_field", None), "max_length", None)
    return most is None or not isinstance(value, str) or len(value) <= most


def _like(path: str, like: Like) -> Q:
    """A part of a text: LIKE where its letters have no cases (Chinese, figures), else an expression."""
    if not has_cases(like.part):
        lookup = "startswith" if like.at_start else "endswith" if like.at_end else "contains"
        return Q((f"{path}__{lookup}", like.part))
    expression = pattern(like.part)
    if like.at_start:
        expression = f"^{expression}"
    if like.at_end:
        expression = f"{expression}$"
    return Q((f"{path}__regex", expression))
