"""Whether a cleaned mail has colours of its own, or is dark on white as paper is: then it may follow the theme."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_ATTRIBUTE = re.compile(r'\s(style|color|bgcolor)="([^"]*)"')  # as the cleaning writes them
_DECLARED = re.compile(r"(?:^|;)\s*(?:(?:background-)?color|background)\s*:\s*([^;]+)", re.IGNORECASE)
# What programs write into mails in which nobody chose a colour: near black for letters, white behind them.
_PAPER = re.compile(
    r"""(?:
        inherit | initial | unset | currentcolor | transparent | windowtext | window | black | white
        | \#(?:0{3}|0{6}|f{3}|f{6})
        | rgba?\(\s*(?:0\s*,\s*0\s*,\s*0|255\s*,\s*255\s*,\s*255)\s*(?:,\s*[\d.]+\s*)?\)
        | \#(?:1[0-9a-f]|2[0-9a-f]|0[0-9a-f]){3} | \#222 | \#111
        | rgb\(\s*(?:3[0-9]|[12]?[0-9])\s*,\s*(?:3[0-9]|[12]?[0-9])\s*,\s*(?:3[0-9]|[12]?[0-9])\s*\)
    )\s*(?:!important)?""",
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]+)", re.IGNORECASE)
# Hidden on the paper: what follows the theme would show them.
_WHITE = re.compile(
    r"(?:white|snow|ivory|ghostwhite|whitesmoke|\#f[0-9a-f]{2}|\#(?:f[0-9a-f]){3}"
    r"|rgba?\(\s*(?:2[45]\d\s*,\s*){2}2[45]\d\s*(?:,\s*[\d.]+\s*)?\))\s*(?:!important)?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")


def has_own_colours(cleaned: str) -> bool:
    """Whether any colour in it is neither of dark letters nor of white paper, or letters are white."""
    return any(
        any(_WHITE.fullmatch(one) for one in _colours_of(tag, _LETTERS, ("color",)))
        or not all(_PAPER.fullmatch(one) for one in _colours_of(tag, _DECLARED, ("color", "bgcolor")))
        for tag in _TAG.findall(cleaned)
    )


def _colours_of(tag: str, declared: re.Pattern[str], attributes: Collection[str]) -> Iterator[str]:
    """The colours in these attributes of a tag, and those its style declares so."""
    for name, value in _ATTRIBUTE.findall(tag):
        if name == "style":
            yield from map(str.strip, declared.findall(value))
        elif name in attributes:
            yield value.strip()
