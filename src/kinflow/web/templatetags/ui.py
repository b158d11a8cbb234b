"""The small components that templates are made of."""

import zlib
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils import formats, timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kinflow.kit.money import Money, shown

from ..built import entry
from ..drawing import drawing
from ..kept import MARK_GAP, PARTS, PLACE_GAP, kept

register = template.Library()

TONES = ("", "b", "c")
"""The colours of avatars: of the same name always the same."""
NOTHING = mark_safe('<span class="mute">–</span>')


@register.simple_tag
def asset_tags() -> SafeString:
    """The links to the built styles and script."""
    styles, script = entry()
    return _links(tuple(styles), script)


@lru_cache(maxsize=2)
def _links(styles: tuple[str, ...], script: str) -> SafeString:
    links = format_html_join("", '<link rel="stylesheet" href="{}">', ((each,) for each in styles))
    module = format_html('<script type="module" src="{}"></script>', script) if script else ""
    return format_html("{}{}", links, module)


@register.simple_tag(takes_context=True)
def frame_part(context: template.Context, part: str) -> SafeString:
    """A part of the frame: web/partials/<part>.html, drawn once for all pages where it shows the same."""

    shell = context["shell"]

    def draw() -> str:
        assert context.template is not None
        with context.push(csrf_token=MARK_GAP, here_now=PLACE_GAP):
            return context.template.engine.get_template(f"web/partials/{part}.html").render(context)

    drawn = kept(part, PARTS[part](shell), draw)
    if MARK_GAP in drawn:
        drawn = drawn.replace(MARK_GAP, get_token(shell.request))
        drawn = drawn.replace(PLACE_GAP, escape(shell.request.get_full_path()))
    return mark_safe(drawn)  # noqa: S308 - drawn by a template


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; with a label where it stands alone."""
    return _icon(str(name), str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, label: str) -> SafeString:
    told = format_html(' role="img" aria-label="{}"', label) if label else ' aria-hidden="true"'
    return mark_safe(f'<svg class="i" viewBox="0 0 16 16"{told}>{drawing(name)}</svg>')  # noqa: S308 - by us


@register.simple_tag
def avatar(name: Any, size: str = "") -> SafeString:
    """The first character of a name in a circle; the name itself stands beside it."""
    return _avatar(str(name or "?").strip() or "?", size)


@lru_cache(maxsize=4096)
def _avatar(words: str, size: str) -> SafeString:
    tone = TONES[zlib.crc32(words.encode()) % len(TONES)]
    css = " ".join(part for part in ("avatar", tone, size) if part)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, words[0].upper())


@register.simple_tag
def chip(label: Any, tone: str = "") -> SafeString:
    """A word with a meaning: tone is "", good, warn, bad or accent."""
    return (
        format_html('<span class="{}">{}</span>', f"chip {tone}".strip(), label) if label else mark_safe("")
    )


@register.simple_tag
def moment(at: date | datetime | None) -> SafeString:
    """A moment as people say it, with the exact one behind it; a day where it is one."""
    if at is None or at == "":
        return NOTHING
    if not isinstance(at, datetime):
        day = formats.date_format(at, "DATE_FORMAT")
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), day)
    exact = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return format_html(
        '<relative-time><time datetime="{}" title="{}" data-now="{}" data-minutes="{}" data-hours="{}">{}'
        "</time></relative-time>",
        at.isoformat(),
        exact,
        _("just now"),
        _("{n} min ago"),
        _("{n} h ago"),
        _said(at, timezone.now()),
    )


def _said(at: datetime, now: datetime) -> str:
    seconds = (now - at).total_seconds()
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    if 0 <= seconds < 60:
        return _("just now")
    if 0 < seconds < 3600:
        return _("{n} min ago").format(n=int(seconds // 60))
    if 0 < seconds < 86_400:
        return _("{n} h ago").format(n=int(seconds // 3600))
    clock = formats.time_format(local, "H:i")
    days = (local.date() - today).days
    if days in (-1, 0, 1):
        words = {-1: _("yesterday %(time)s"), 0: _("today %(time)s"), 1: _("tomorrow %(time)s")}[days]
        return words % {"time": clock}
    is_near = local.year == today.year
    day = (
        pgettext("day and month, by Django's letters", "j M")
        if is_near
        else pgettext("day, month and year", "j M Y")
    )
    return f"{formats.date_format(local, day)} {clock}"


@register.simple_tag
def money(amount: Decimal | int | str | None, currency: str = "CNY") -> SafeString:
    """An amount as the reader's language writes it."""
    if amount is None or amount == "":
        return NOTHING
    words = shown(Money(Decimal(str(amount)), currency or "CNY"), get_language() or "en")
    return format_html('<span class="money">{}</span>', words)


@register.inclusion_tag("web/partials/empty_state.html")
def empty_state(
    icon: str, title: Any, text: Any = "", action_label: Any = "", action_url: str = ""
) -> dict[str, Any]:
    """What stands where nothing is yet, and the one thing to do."""
    return {"icon": icon, "title": title, "text": text, "label": action_label, "url": action_url}


WIDEST = 50
"""Pixels of the longest bar."""


@register.inclusion_tag("web/partials/score_card.html")
def score_card(card: dict[str, Any] | None) -> dict[str, Any]:
    """Why this person: the winner's points by criterion, the runner-up, and who was left out."""
    if not card:
        return {}
    winner = card.get("winner") or {}
    lines = winner.get("lines", [])
    most = max((abs(line["points"]) for line in lines), default=0) or 1
    excluded = card.get("excluded", [])
    return {
        "card": card,
        "winner": winner,
        "lines": [{**line, "width": round(abs(line["points"]) / most * WIDEST)} for line in lines],
        "runner_up": next(iter(card.get("others", [])), None),
        "excluded": excluded,
        "excluded_count": sum(each["count"] for each in excluded),
    }


@register.filter
def signed(points: float) -> str:
    """Points with their sign, as typography writes it."""
    return f"{'−' if points < 0 else '+'}{abs(points):g}"  # noqa: RUF001


@register.inclusion_tag("web/partials/field.html")
def form_field(field: Any) -> dict[str, Any]:
    """A field of a Django form with its label, help and errors."""
    return {"field": field}
