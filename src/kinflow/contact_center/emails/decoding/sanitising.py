"""HTML from outside made safe to show: no scripts, no forms, nothing fetched from elsewhere."""

import re
from collections.abc import Mapping

import nh3

from .nesting import DEEPEST_SHOWN, nesting

_TAGS_NAMES = (
    "a abbr b blockquote br caption center cite code col colgroup dd del div dl dt em figure figcaption font"
    " h1 h2 h3 h4"
    " h5 h6 hr i img ins kbd li mark ol p pre q s small span strike strong sub sup table tbody td tfoot th"
    " thead tr tt u"
    " ul"
)
_TAGS = set(_TAGS_NAMES.split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"align", "dir", "lang", "style", "title"},
    "a": {"href"},
    "col": {"span", "width"},
    "font": {"color", "face", "size"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing", "width", "bgcolor"},
    "td": {"colspan", "rowspan", "width", "valign", "bgcolor"},
    "th": {"colspan", "rowspan", "width", "valign", "bgcolor"},
    "tr": {"valign", "bgcolor"},
}
_STYLES_NAMES = (
    "color background-color font-weight font-style font-size font-family text-align text-decoration"
    " text-indent"
    " line-height vertical-align border border-top border-bottom border-left border-right border-collapse"
    " padding"
    " padding-top padding-bottom padding-left padding-right margin-left margin-top margin-bottom margin-right"
    " width"
    " list-style-type white-space"
)
_STYLES = set(_STYLES_NAMES.split())
_PICTURE = re.compile(r"(?i)data:image/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]{1,400000}")
_MOST_REFERENCES = 100_000  # "&…" in one mail; the parser takes quadratic time over more
_UNSAFE_STYLE = re.compile(r"(?i)url\s*\(|expression\s*\(|\\|@import")


def sanitised(markup: str) -> str:
    """The HTML with only harmless tags; pictures stay if they came with the mail ("cid:" or inside the HTML).

    HTML that is absurdly deep or coded is not shown at all: the text is.
    """
    if nesting(markup) > DEEPEST_SHOWN or markup.count("&") > _MOST_REFERENCES:
        return ""
    return nh3.clean(
        markup.replace("\0", ""),
        tags=_TAGS,
        clean_content_tags={
            "script",
            "style",
            "title",
            "template",
            "noscript",
            "iframe",
            "object",
            "svg",
            "math",
        },
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    ).strip()


def with_pictures(markup: str, places: Mapping[str, str]) -> str:
    """Sanitised HTML with "cid:" pictures replaced by the addresses under which they can be fetched from
    us."""

    def place(match: re.Match[str]) -> str:
        return f'src="{places.get(match.group(1).strip(), "")}"'

    return re.sub(r'src="cid:([^"]*)"', place, markup)


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        held = value.lower().startswith("cid:") or _PICTURE.fullmatch(value)
        return value if held else None
    if attribute == "href" and value.lower().startswith(("data:", "cid:")):
        return None
    if attribute == "style" and _UNSAFE_STYLE.search(value):
        return None
    return value
