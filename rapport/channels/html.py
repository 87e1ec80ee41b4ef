"""The HTML of a mail made safe to show: an allow-list, nothing fetched from anywhere, nothing that runs.

Its links lead on, in a page of their own that learns nothing of where it was opened."""

from __future__ import annotations

import re

import nh3

from .legible import make_legible
from .mail.bodies import read_parts
from .mail.headers import read_head
from .mail.own_words import cut_off
from .mail.parsing import text_of
from .sightings import CleanHtml, MailPage, Parsed, ReadingOptions

HTML_LIMIT = 1_000_000
LINKS = ("http://", "https://", "mailto:")

_TAGS = {
    "a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code",
    "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
    "var", "wbr",
}  # fmt: skip
_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "noscript",
    "template",
    "object",
    "iframe",
    "svg",
    "math",
    "textarea",
    "select",
}
_SIZES = {"align", "valign", "width", "height"}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title", "style"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": _SIZES | {"border", "cellpadding", "cellspacing", "bgcolor"},
    "tr": _SIZES | {"bgcolor"},
    "td": _SIZES | {"bgcolor", "colspan", "rowspan"},
    "th": _SIZES | {"bgcolor", "colspan", "rowspan"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
    "div": {"align"},
    "p": {"align"},
}
_STYLES = {
    "color", "background", "background-color", "font-weight", "font-style", "font-size", "font-family", "text-align",
    "text-decoration", "text-indent", "line-height", "vertical-align", "white-space", "margin", "margin-top",
    "margin-bottom", "margin-left", "margin-right", "padding", "padding-top", "padding-bottom", "padding-left",
    "padding-right", "border", "border-top", "border-bottom", "border-left", "border-right", "border-collapse",
    "border-radius", "width", "max-width", "direction",
}  # fmt: skip
# Elements that hold nothing, or whose content a browser reads in a way of its own.
_PECULIAR = {
    "area", "base", "basefont", "bgsound", "body", "embed", "frame", "frameset", "head", "html", "input", "keygen",
    "link", "listing", "meta", "noembed", "noframes", "param", "plaintext", "source", "track", "xmp",
}  # fmt: skip
_LEFT = _TAGS | _WITH_CONTENT | _PECULIAR
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)")
_OWN_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,[\w+/=\s%]+$", re.IGNORECASE)
# A backslash or a comment in CSS can spell url() so that no search finds it.
_FETCHES = re.compile(r"url|expression|import|image|\\|/\*|var\(|attr\(", re.IGNORECASE)

_FIRMLY = re.compile(r"!\s*important", re.IGNORECASE)


def clean_html(html: str) -> CleanHtml:
    """What may be shown of foreign HTML, and how many images were not fetched."""
    blocked = 0

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        nonlocal blocked
        if attribute == "src" and not _OWN_IMAGE.match(value):
            blocked += 1
            return None
        if attribute == "style":
            # Of two colours the last shall hold, and what is said in the dark holds against what is said here.
            value = _FIRMLY.sub(" ", value)
            return None if _FETCHES.search(value) else value
        if attribute == "href" and not value.strip().lower().startswith(LINKS):
            return None
        return value

    shown = nh3.clean(
        _TAG.sub(_without_drawing, html[:HTML_LIMIT]),
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=allowed,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "data", "cid"},
        filter_style_properties=_STYLES,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return CleanHtml(make_legible(shown), blocked)


def _without_drawing(found: re.Match[str]) -> str:
    """A tag that is none of HTML's, under another name: those that SVG and MathML also have, as <text> or <list>, would
    be taken out with all the words in them."""
    slash, name = found.groups()
    return found.group(0) if name.lower() in _LEFT else f"<{slash}x-{name}"


def clean_mail(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """A mail as a page may show it, as the `page` of what was read."""
    parts = read_parts(read_head(raw), raw)
    formatted = clean_html("\n".join(parts.html)) if parts.html else None
    return Parsed(page=MailPage(formatted, "" if formatted else cut_off(text_of(parts))))
