"""How often one may ask: so many requests a minute, by address before anybody is known, then by caller.

Counted in Django's cache: with the cache of one process, each web process counts its own.
"""

import math

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from kinflow.eventlog import Actor
from kinflow.kit.problem import TooMany

WINDOW_SECONDS = 60


def count_address(request: HttpRequest) -> None:
    """Count a request of its address. Raises TooMany."""
    _count(f"address:{request.META.get('REMOTE_ADDR', '')}", settings.API_RATES["address"])


def count_stranger(request: HttpRequest) -> None:
    """Count a request of nobody known: tokens cannot be tried out. Raises TooMany."""
    _count(f"stranger:{request.META.get('REMOTE_ADDR', '')}", settings.API_RATES["stranger"])


def count_caller(by: Actor) -> None:
    """Count a request of the caller, whichever token it came with. Raises TooMany."""
    _count(f"caller:{by.id}", settings.API_RATES["caller"])


def _count(who: str, most: int) -> None:
    now = timezone.now().timestamp()
    window = int(now // WINDOW_SECONDS)
    key = f"api:{who}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
    try:
        count = cache.incr(key)
    except ValueError:  # it was thrown out just now
        return
    if count > most:
        wait = max(1, math.ceil((window + 1) * WINDOW_SECONDS - now))
        words = ngettext("Try again in %(wait)d second.", "Try again in %(wait)d seconds.", wait)
        raise TooMany(remedy=words % {"wait": wait}, wait_seconds=wait)
