"""What every template knows of the frame around it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from . import places
from .preferences import theme_of

NEAR = 4
"""Places that stay in the bar of a phone; the others are behind "More"."""


@dataclass(frozen=True)
class Shown:
    """A place as the rail shows it."""

    place: places.Place
    subs: Sequence[places.SubPlace]
    is_on: bool
    is_far: bool
    starts_group: bool


class Shell:
    """The frame of one request; each part is made when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def by(self) -> Any:
        """Who asks, None where nobody is signed in."""
        return getattr(self.request, "by", None)

    @property
    def who(self) -> str:
        """The name of who is signed in."""
        user = getattr(self.request, "user", None)
        return str(getattr(self.by, "name", "") or (user.get_username() if user is not None else ""))

    @cached_property
    def rail(self) -> list[Shown]:
        """The rail."""
        if self.by is None:
            return []
        found = places.places_for(self.by)
        groups = [None, *(place.group for place in found)]
        return [
            Shown(
                place,
                places.subs_of(place.key, self.by),
                is_on=place.key == self.here[0],
                is_far=at >= NEAR,
                starts_group=at > 0 and place.group != groups[at],
            )
            for at, place in enumerate(found)
        ]

    @cached_property
    def here(self) -> tuple[str, str]:
        """The key of the place one is in, and the address of the page below it."""
        return places.place_at(self.request.path, self.by)

    @property
    def is_at_place(self) -> bool:
        """Whether one is on the very page of the place one is in."""
        here, path = self.here[0], self.request.path
        return any(each.key == here and each.url == path for each in places.places_for(self.by))

    @property
    def sight(self) -> Hashable:
        """What the rail and the "New" menu depend on, beside where one is."""
        return places.sight_of(self.by)

    @cached_property
    def makings(self) -> Sequence[places.Making]:
        """What the "New" menu offers."""
        return places.makings_for(self.by) if self.by is not None else ()

    @property
    def theme(self) -> str:
        """light, dark, or "" for the system's."""
        return theme_of(self.request)

    @property
    def language(self) -> str:
        """The language of the page as HTML writes it."""
        return {"zh-hans": "zh-Hans"}.get(get_language() or "en", get_language() or "en")

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Every language by its code and its own name."""
        own = {"en": "English", "zh-hans": "简体中文"}
        return [(code, own.get(code, str(label))) for code, label in settings.LANGUAGES]

    @property
    def nonce(self) -> str:
        """What an inline script or style must carry."""
        return str(getattr(self.request, "csp_nonce", ""))


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor: `shell` in every template."""
    return {"shell": Shell(request)}
