"""How often one may ask: so many requests a minute, by address before anybody is known, then by caller."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from kinflow.eventlog import Actor
from kinflow.kit.problem import TooMany
from kinflow.web.callers import address_of
from kinflow.web.rates import seconds_to_wait


def count_address(request: HttpRequest) -> None:
    """Count a request of its address. Raises TooMany."""
    _count("address", address_of(request))


def count_stranger(request: HttpRequest) -> None:
    """Count a request of nobody known: tokens cannot be tried out. Raises TooMany."""
    _count("stranger", address_of(request))


def count_caller(by: Actor) -> None:
    """Count a request of the caller, whichever token it came with. Raises TooMany."""
    _count("caller", by.id)


def _count(kind: str, who: str) -> None:
    wait = seconds_to_wait(f"{kind}:{who}"[:200], settings.API_RATES[kind], timezone.now())
    if wait:
        words = ngettext("Try again in %(wait)d second.", "Try again in %(wait)d seconds.", wait)
        raise TooMany(remedy=words % {"wait": wait}, wait_seconds=wait)
