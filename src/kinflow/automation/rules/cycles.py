"""Rules that set each other off, seen before they run: what each does can be what another waits for."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kinflow.records.faces import registry as faces

from .contradictions import contradictions
from .drafts import Draft
from .event_names import kinds_of
from .live import Live, dependencies
from .plans import walk

Effect = tuple[str, str]
"""(kind of record, field that is set; "+" where one is made, "*" where anything of it may change)"""


def effects_of(draft: Draft) -> set[Effect]:
    """What the rule's steps can change."""
    found: set[Effect] = set()
    for planned in walk(draft.steps):
        found |= set(getattr(planned.step, "effects", lambda _kind: ())(draft.kind))
    return found


def sets_off(effects: Iterable[Effect], draft: Draft) -> bool:
    """Whether such effects can be what the rule waits for.

    A change of a field sets off what follows "changed" events, and states that read it; a new record what follows its
    events. Events with a meaning of their own (won, qualified) are not set off by changes of fields.
    """
    if draft.trigger.when == "schedule":
        return False
    if draft.trigger.when == "event":
        return any(_causes(kind, what, name) for kind, what in effects for name in draft.trigger.events)
    read = {kind: fields for (kind, _path), fields in dependencies(draft.condition, draft.kind).items()}
    return any(kind in read and (what in ("+", "*") or what in read[kind]) for kind, what in effects)


def _causes(kind: str, what: str, name: str) -> bool:
    if kind not in kinds_of(name):
        return False
    short = name.partition(".")[2]
    if what == "+":
        face = faces.get(kind)
        return short.endswith(("_added", "_opened", "_captured", "_planned", "_logged")) and face is not None
    if what == "owner":
        return short.endswith("_assigned")
    return what == "*" or short.endswith("_changed")


def circle(draft: Draft, others: Iterable[Live], rule_id: int | None = None) -> list[str] | None:
    """The names of the rules of a circle that the draft would close, itself left out; None where there is none."""
    known = {live.rule.pk: live for live in others if live.rule.pk != rule_id}
    effects = {pk: effects_of(live.draft) for pk, live in known.items()}
    own = effects_of(draft)
    if sets_off(own, draft):
        return []
    ahead: list[tuple[int, list[str]]] = [
        (pk, [live.rule.name]) for pk, live in known.items() if sets_off(own, live.draft)
    ]
    seen: set[int] = set()
    while ahead:
        pk, path = ahead.pop()
        if pk in seen:
            continue
        seen.add(pk)
        if sets_off(effects[pk], draft):
            return path
        for other, live in known.items():
            if other not in seen and sets_off(effects[pk], live.draft):
                ahead.append((other, [*path, live.rule.name]))
    return None


def warnings(draft: Draft, others: Iterable[Live], rule_id: int | None = None) -> Iterator[str]:
    """What the editor says of a draft that may be kept all the same."""
    others = list(others)
    found = circle(draft, others, rule_id)
    if found == []:
        yield _(
            "This rule can set itself off again. Give it a condition that its own steps end, or it stops after 8 turns."
        )
    elif found:
        yield _(
            "This rule and %(rules)s can set each other off. They stop after 8 turns; give one a narrower condition."
        ) % {"rules": ", ".join(found)}
    for name, label in contradictions(draft, others, rule_id):
        yield _(
            "Rule %(rule)s sets “%(field)s” of the same records to another value: which of the two counts is chance."
        ) % {"rule": name, "field": label}
