"""Whether an instance that is taken to another version can end from where its tokens come to."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext_noop

from ..conformance.nets import Net
from ..conformance.playing import playable
from ..designs.kept import filed_model, plan_for
from ..designs.soundness import can_end
from ..execution.models import ProcessToken
from .mapping import Place, Stays


def refuse_dead_end(
    design_id: int, number: int, tokens: Sequence[ProcessToken], places: Mapping[int, Place]
) -> None:
    """Raise Stays where steps of their own come to one, or where the version, begun there, could not come to its end."""
    came_from: dict[Place, str] = {}
    for token in tokens:
        place = places.get(token.number)
        if place is not None and came_from.setdefault(place, token.node) != token.node:
            step = plan_for(design_id, number).nodes[place.node].name
            raise Stays(gettext_noop("Two steps would come together at “%(step)s”"), step=step)
    names = frozenset(_names(design_id, number, tokens, places))
    if not _can_end(design_id, number, names):
        raise Stays(gettext_noop("From where it stands, the new version would never end"))


def _names(
    design_id: int, number: int, tokens: Sequence[ProcessToken], places: Mapping[int, Place]
) -> Iterable[str]:
    """The places of the net on which the tokens will stand."""
    nodes = plan_for(design_id, number).nodes
    for token in tokens:
        place = places.get(token.number)
        if place is None or token.state == "undoable":
            continue
        match token.state:
            case "joins":
                yield f"on {place.flow or token.flow}"
            case "holds":
                yield f"active {place.node}"
            case "listens":
                yield f"listens {nodes[place.node].scope}"
            case _waits:
                yield f"in {place.node}"


@lru_cache(maxsize=1_000)
def _can_end(design_id: int, number: int, names: frozenset[str]) -> bool:
    """Whether the end is reached from these places; those that the net does not know are left out."""
    net = _net(design_id, number)
    state = 0
    for name in names:
        state |= net.places.get(name, 0)
    return can_end(net, state)


@lru_cache(maxsize=32)
def _net(design_id: int, number: int) -> Net:
    plan = plan_for(design_id, number)
    return playable(filed_model(design_id, number), {node: node for node in plan.nodes}).net
