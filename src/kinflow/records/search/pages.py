"""The search page, the palette's findings, and what pickers and the condition editor ask."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.conditions.editing import described
from kinflow.eventlog import Actor
from kinflow.kit.tokens import index_tokens, matches, query_tokens
from kinflow.web import places
from kinflow.web.doors import page
from kinflow.web.help import TOPICS

from ..access import visible
from ..faces import registry
from ..pages.answers import actor_of
from ..pages.verbs import may_run
from ..pages.wanted import Vocabulary
from ..places import sees_kind
from .finding import LONGEST_QUERY, Hit, find, grouped

PALETTE = 12
OF_EACH = 3
PER_KIND = 10
PICKED = 20
RECENT = 8


@dataclass(frozen=True)
class Command:
    """Something that can be done from the palette: its words, icon, address and key."""

    label: str
    icon: str
    url: str
    key: str = ""
    is_dialog: bool = False


def asked(request: HttpRequest) -> str:
    """The words that are searched for."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]


@page
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything found, by kind; with ?palette the fragment of the command palette."""
    by, text = actor_of(request), asked(request)
    if "palette" in request.GET:
        hits = mixed(find(by, text, limit=4 * PALETTE))
        context = {"text": text, "hits": hits, "commands": commands(by, text)}
        return render(request, "records/palette.html", context)
    groups: Sequence[tuple[Any, list[Hit]]] = grouped(find(by, text, limit=200)) if text else []
    shown = [(face, hits[:PER_KIND], len(hits) > PER_KIND) for face, hits in groups]
    return render(
        request, "records/search.html", {"text": text, "groups": shown, "commands": commands(by, text)}
    )


def mixed(hits: Sequence[Hit]) -> list[Hit]:
    """The first hits of each kind before its further ones, so that no kind hides the others."""
    seen: Counter[str] = Counter()
    first: list[Hit] = []
    further: list[Hit] = []
    for hit in hits:
        seen[hit.kind] += 1
        (first if seen[hit.kind] <= OF_EACH else further).append(hit)
    return [*first, *further][:PALETTE]


def commands(by: Actor, text: str) -> list[Command]:
    """Places to go, records to make and help, as far as the person may, that fit the words."""
    offered = [
        *(Command(str(p.label), p.icon, p.url, f"g {p.shortcut}" if p.shortcut else "") for p in _places(by)),
        *(
            Command(str(face.plural), face.icon, f"/{face.slug}/")
            for face in registry.values()
            if sees_kind(by, face.name)
        ),
        *(
            Command(_("New: %(what)s") % {"what": face.label}, "plus", f"/{face.slug}/new/", is_dialog=True)
            for face in registry.values()
            if may_run(by, face, face.create)
        ),
        *(
            Command(str(sub.label), place.icon, sub.url)
            for place in _places(by)
            for sub in places.subs_of(place.key, by)
        ),
        *(
            Command(_("Help: %(what)s") % {"what": topic.title}, "help", f"/help/{topic.key}/")
            for topic in TOPICS
        ),
    ]
    by_url: dict[str, Command] = {}
    for command in offered:
        by_url.setdefault(command.url, command)
    unique = list(by_url.values())
    if not text:
        return unique[:PALETTE]
    clauses = query_tokens(text)
    return [c for c in unique if matches(clauses, index_tokens(c.label))][:RECENT]


def _places(by: Actor) -> Sequence[Any]:
    found: Sequence[Any] = places.places_for(by)
    return found


@page
def pick(request: HttpRequest) -> HttpResponse:
    """Records of a type (or of "any", then with ids as "lead:12"): [{"id", "label", "hint"}]."""
    by, text = actor_of(request), asked(request)
    kind = request.GET.get("type", "")
    if kind == "any":
        hits = find(by, text, limit=PICKED)
        any_found = [
            {"id": f"{h.kind}:{h.id}", "label": h.title, "hint": f"{h.face.label} {h.number}"} for h in hits
        ]
        return JsonResponse(any_found, safe=False)
    face = registry.get(kind)
    if face is None or not sees_kind(by, face.name):
        return JsonResponse([], safe=False)
    if text and face.search:
        hits = find(by, text, kinds=(face.name,), limit=PICKED)
        found = [{"id": h.id, "label": h.title or h.number, "hint": h.subtitle or h.number} for h in hits]
        return JsonResponse(found, safe=False)
    rows = visible(by, face.model._default_manager.select_related(*face.with_related)).order_by("-pk")
    picked = []
    clauses = query_tokens(text)
    for row in rows[: 1000 if text else PICKED]:
        title = str(face.title(row))
        if not text or matches(clauses, index_tokens(title)):
            hint = str(face.subtitle(row) or "") if face.subtitle else ""
            picked.append({"id": row.pk, "label": title, "hint": hint or face.number(row)})
    return JsonResponse(picked[:PICKED], safe=False)


@page
def condition_sentence(request: HttpRequest) -> HttpResponse:
    """How a condition reads, or what is wrong with it and where."""
    kind = request.GET.get("type", "")
    if kind not in registry:
        return JsonResponse({"pointer": "", "message": _("There is no such kind of record."), "remedy": ""})
    told = described(request.GET.get("condition", ""), Vocabulary(actor_of(request)), kind)
    return JsonResponse(told)
