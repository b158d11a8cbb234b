"""What the tabs of the organisation as it is share: who asks, the head, the tabs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kinflow.eventlog import Actor
from kinflow.records.pages.answers import actor_of

from ..studio.subject import refuse_unseen
from ..tabs import tab_links
from .tabs import ROOT, TABS


def reader_of(request: HttpRequest) -> Actor:
    """Who asks. Raises Refused for whom processes are not."""
    by = actor_of(request)
    refuse_unseen(by)
    return by


def tab_page(request: HttpRequest, tab: str, template: str, **context: Any) -> HttpResponse:
    """A tab; its template extends `processes/structure/frame.html`."""
    tabs = tab_links(TABS, ROOT, tab)
    here = next(each["url"] for each in tabs if each["on"])
    return render(request, template, {"tabs": tabs, "here": here, **context})
