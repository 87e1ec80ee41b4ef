"""Letters that can be read on the ground they stand on, also where a mail named one of the two in what is not shown:
in a style sheet, in the body's own tag, in an image."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = {
    "aqua": "0ff", "beige": "f5f5dc", "black": "000", "blue": "00f", "brown": "a52a2a", "crimson": "dc143c",
    "cyan": "0ff", "darkblue": "00008b", "darkgray": "a9a9a9", "darkgreen": "006400", "darkgrey": "a9a9a9",
    "darkorange": "ff8c00", "darkred": "8b0000", "dimgray": "696969", "dimgrey": "696969", "fuchsia": "f0f",
    "ghostwhite": "f8f8ff", "gold": "ffd700", "gray": "808080", "green": "008000", "grey": "808080",
    "indigo": "4b0082", "ivory": "fffff0", "lightblue": "add8e6", "lightgray": "d3d3d3", "lightgrey": "d3d3d3",
    "lightyellow": "ffffe0", "lime": "0f0", "magenta": "f0f", "maroon": "800000", "midnightblue": "191970",
    "navy": "000080", "olive": "808000", "orange": "ffa500", "orangered": "ff4500", "pink": "ffc0cb",
    "purple": "800080", "red": "f00", "silver": "c0c0c0", "snow": "fffafa", "steelblue": "4682b4", "teal": "008080",
    "white": "fff", "whitesmoke": "f5f5f5", "window": "fff", "windowtext": "000", "yellow": "ff0",
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*([01]?\.?\d{1,9})\s*)?\)")
_IN_BACKGROUND = re.compile(r"#[0-9a-f]+|rgba?\([^()]{0,80}\)|(?<![\w#.-])[a-z]+(?![\w(-])")
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s[\w-]+="[^"]*")*)>')  # as the cleaning writes them
_ATTRIBUTE = re.compile(r'\s([\w-]+)="([^"]*)"')
_LETTERS = re.compile(r"(?:^|[;\s])color\s*:([^;]*)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:([^;]*)", re.IGNORECASE)
_NEVER_CLOSED = {"br", "col", "hr", "img", "wbr"}
_BEHIND_OTHERS = {"col", "colgroup"}  # painted below the cells of rows they do not hold
_LEAST = 3.0  # what WCAG asks for of large letters
_MIDDLE = 0.179  # a ground of this luminance lets black and white stand out alike


@dataclass(frozen=True, slots=True)
class _Colour:
    """Red, green and blue from 0 to 255, and how much of it covers what lies below, from 0 to 1."""

    red: float
    green: float
    blue: float
    cover: float = 1.0

    def over(self, ground: _Colour) -> _Colour:
        """How it looks on an opaque ground."""
        own, below = self.cover, 1 - self.cover
        return _Colour(
            self.red * own + ground.red * below,
            self.green * own + ground.green * below,
            self.blue * own + ground.blue * below,
        )

    @property
    def light(self) -> float:
        """Relative luminance as WCAG 2 defines it, from 0 to 1."""
        return 0.2126 * _linear(self.red) + 0.7152 * _linear(self.green) + 0.0722 * _linear(self.blue)


_BLACK, _WHITE, _NOTHING = _Colour(0, 0, 0), _Colour(255, 255, 255), _Colour(0, 0, 0, 0)
# What the frame gives to letters nobody chose a colour for; see frame.css.
_BY_ITSELF = {"a": _Colour(123, 45, 108), "blockquote": _Colour(75, 65, 80)}


@dataclass(frozen=True, slots=True)
class _Place:
    """Within an element: what colour letters have and what is behind them."""

    letters: _Colour
    ground: _Colour


def make_legible(cleaned: str) -> str:
    """Cleaned markup in which letters that hardly stand out from their ground are black or white."""
    within = [_Place(_BLACK, _WHITE)]

    def settled(found: re.Match[str]) -> str:
        closing, tag, attributes = found.groups()
        if closing:
            if len(within) > 1:
                within.pop()
            return found.group()
        place, attributes = _settle(tag, attributes, within[-1])
        if tag not in _NEVER_CLOSED:
            within.append(place)
        return f"<{tag}{attributes}>"

    return _TAG.sub(settled, cleaned)


def _settle(tag: str, attributes: str, around: _Place) -> tuple[_Place, str]:
    """What holds within an element, and its attributes with colours that can be read.

    Its style is only added to: what is taken out could open again what the cleaning closed."""
    written = dict(_ATTRIBUTE.findall(attributes))
    style = written.get("style", "")
    ground, added = _ground(tag, _GROUND.findall(style), written.get("bgcolor", ""))
    behind = ground.over(around.ground)
    letters, more = _letters(tag, _LETTERS.findall(style), written.get("color", ""), around)
    if _contrast(letters.over(behind), behind) < _LEAST:
        letters, more = (_BLACK, "color:#000") if behind.light > _MIDDLE else (_WHITE, "color:#fff")
    if not added and not more:
        return _Place(letters, behind), attributes
    written["style"] = ";".join(part for part in (style.rstrip("; "), added, more) if part)
    return _Place(letters, behind), "".join(f' {name}="{value}"' for name, value in written.items())


def _ground(tag: str, declared: list[str], attribute: str) -> tuple[_Colour, str]:
    """An element's own ground, and what to add to its style so that it is this and nothing else."""
    if not declared and not attribute:
        return _NOTHING, ""
    said = declared[-1] if declared else _in_attribute(attribute)
    text, colour = ("", None) if tag in _BEHIND_OTHERS else _first_colour(said)
    if colour is None:
        return _NOTHING, "background:none"
    return colour, "" if len(declared) < 2 and said.strip() == text else f"background:{text}"


def _letters(tag: str, declared: list[str], attribute: str, around: _Place) -> tuple[_Colour, str]:
    """The colour of an element's own letters, and what to add to its style so that it is this."""
    if not declared and not attribute:
        return _BY_ITSELF.get(tag, around.letters), ""
    said = (declared[-1] if declared else _in_attribute(attribute)).strip()
    colour = _colour_of(said)
    if colour is None:
        return around.letters, "color:inherit"
    return colour, "" if len(declared) < 2 else f"color:{said}"


def _first_colour(background: str) -> tuple[str, _Colour | None]:
    """The first colour in a background, alone: of a gradient where it begins."""
    for found in _IN_BACKGROUND.findall(background.lower()):
        if colour := _colour_of(found):
            return found, colour
    return "", None


def _in_attribute(written: str) -> str:
    """A colour as a style would have it: an attribute may leave # out."""
    return written if _colour_of(written) else f"#{written.strip()}"


def _colour_of(written: str) -> _Colour | None:
    text = written.strip().lower()
    if text == "transparent":
        return _NOTHING
    if text in _NAMES:
        return _of_hex(_NAMES[text])
    if found := _HEX.fullmatch(text):
        return _of_hex(found.group(1))
    if found := _RGB.fullmatch(text):
        red, green, blue = (min(int(part), 255) for part in found.group(1, 2, 3))
        return _Colour(red, green, blue, min(float(found.group(4) or 1), 1))
    return None


def _of_hex(digits: str) -> _Colour:
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return _Colour(*bytes.fromhex(whole))


def _contrast(one: _Colour, other: _Colour) -> float:
    low, high = sorted((one.light, other.light))
    return (high + 0.05) / (low + 0.05)


def _linear(part: float) -> float:
    share = part / 255
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
