"""The page of all components in every state, for those who build screens."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .drawing import names

CARD: dict[str, Any] = {
    "scoring": {"name": "Leads, China", "version": 7},
    "winner": {
        "person": 1,
        "name": "陈宇",
        "total": 81,
        "lines": [
            {"criterion": "product", "text": "Product knowledge: boiler feed (level 5)", "points": 25},
            {"criterion": "territory", "text": "Territory East", "points": 20},
            {"criterion": "success", "text": "Won 9 of 14 similar (shrunk to 58 %)", "points": 17},
            {"criterion": "relation", "text": "Knows this account since 2024", "points": 15},
            {"criterion": "shift", "text": "At work now", "points": 10},
            {"criterion": "load", "text": "Load 71 % of capacity", "points": -6},
        ],
    },
    "others": [{"person": 2, "name": "孙倩", "total": 74, "lines": []}],
    "considered": 31,
    "excluded": [{"reason": "other region", "count": 12}, {"reason": "absent", "count": 5}],
    "load": {"held": 17, "limit": 24},
}


def parts(request: HttpRequest) -> HttpResponse:
    """Every component; only while developing, and in the demo."""
    if not (settings.DEBUG or settings.SIGN_INS_SHOWN):
        raise Http404
    context = {
        "icons": names(),
        "card": CARD,
        "now": timezone.now(),
        "tones": ["", "good", "warn", "bad", "accent"],
    }
    return render(request, "web/parts.html", context)
