"""Reading a page as a browser does, and refusing what no page of ours has. Not a test itself."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser

TAGS = set(
    "html head title meta link script body a abbr article b bdi blockquote br button caption circle code col dd"
    " datalist details dialog div dl dt em fieldset figure footer form g h1 h2 h3 h4 header hr i img input kbd label"
    " legend li line main mark nav ol optgroup option output p path polyline pre progress q rect section select small"
    " span strong style summary sup svg table tbody td template text textarea tfoot th thead time title tr ul use var"
    " search aside colgroup".split()
)
NO_ADDRESS = ("javascript:", "vbscript:", "data:")
OUR_SCRIPT = "try{localStorage.theme"  # the one the policy of contents names


def seen_on(answer: Any) -> str:
    """The words of a page, of which every element and address is one that pages have."""
    assert answer.status_code == 200, answer.content[-2000:]
    page = LexborHTMLParser(answer.content.decode())
    for element in page.css("*"):
        tag = element.tag or ""
        assert tag in TAGS, element.html
        assert not [name for name in element.attributes if name.startswith("on")], element.html
        assert tag != "script" or "src" in element.attributes or element.text().startswith(OUR_SCRIPT), element.html
        for name in ("href", "src", "action", "formaction"):
            value = (element.attributes.get(name) or "").strip().lower()
            assert not value.startswith(NO_ADDRESS), element.html
    return page.body.text() if page.body else ""


def as_words(text: str) -> str:
    """Without blanks, for pages break lines where they like."""
    return "".join(text.split())
