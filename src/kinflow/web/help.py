"""Help inside the product: a page for each topic, written in each language."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .doors import page


@dataclass(frozen=True)
class Topic:
    """A topic: the key of its address and of its two templates, what it is called, what it answers, its icon."""

    key: str
    title: Any
    text: Any
    icon: str


TOPICS = (
    Topic("work", _("My work"), _("What to do next, and why it is yours"), "work"),
    Topic("records", _("Lists, boards and records"), _("Filter, sort, edit in place, move, export"), "list"),
    Topic("scorings", _("How work finds its person"), _("Scorings, score cards, overriding"), "target"),
    Topic("pool", _("The public pool"), _("Claiming what is nobody's, quotas, protection, return"), "users"),
    Topic("rules", _("Rules"), _("What happens by itself: when, if, then"), "bolt"),
    Topic("messages", _("Messages"), _("Who is told, by which way and when; webhooks"), "megaphone"),
    Topic("segments", _("Segments"), _("Living sets of records, by a condition or by hand"), "target"),
    Topic("organisation", _("The organisation"), _("Chart, skills, calendars, load, absences"), "org"),
    Topic("processes", _("Processes"), _("How work really flows: map, variants, cases, times"), "flow"),
    Topic("designs", _("Designs"), _("Processes that run by their model"), "flow"),
    Topic("redesign", _("From a finding to the benefit"), _("Try, design, deploy, measure"), "flow"),
    Topic("authority", _("Authority"), _("Who decides what alone; decision tables"), "check"),
    Topic("search", _("Search and keys"), _("Two characters, pinyin, numbers; every shortcut"), "search"),
    Topic("import", _("Import"), _("Bring CSV and Excel files in, and take them back"), "upload"),
    Topic("log", _("The event log"), _("Who did what, when, and because of what"), "history"),
    Topic("roles", _("Roles and permissions"), _("Who sees and does what"), "lock"),
    Topic("api", _("API and tokens"), _("Let programs read and write"), "key"),
)


def language_of_help() -> str:
    """The folder of the reader's language."""
    return "zh-hans" if (get_language() or "").startswith("zh") else "en"


@page
def overview(request: HttpRequest) -> HttpResponse:
    """All topics."""
    return render(request, "web/help/overview.html", {"topics": TOPICS})


@page
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """One topic, with the others beside it."""
    found = next((each for each in TOPICS if each.key == key), None)
    if found is None:
        raise Http404(key)
    text = f"web/help/{language_of_help()}/{key}.html"
    return render(request, "web/help/topic.html", {"topic": found, "topics": TOPICS, "text": text})
