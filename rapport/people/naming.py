"""How a person is called when all we have is an address or a display name. The written form is always kept."""

from __future__ import annotations

import re

from rapport.kit.text import one_line

# How good the source of a name is. A guess from an address had 0 too before organizations had a place of their own.
FROM_ADDRESS, FROM_ORGANIZATION, FROM_DISPLAY_NAME, FROM_CARD, BY_HAND = -1, 0, 1, 2, 3

_QUOTES = " \t'\"‘’“”"
_VIA = re.compile(r"\s+(?:via|over|on behalf of)\s+.+$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+")
_LOST = re.compile(r"(?<!\w)\?+(?!\w)")  # letters a mail server on the way could not carry
_SEPARATORS = re.compile(r"[._+\-]+")


def display_name(written: str) -> str:
    """A display name as its owner writes it, freed of quotes and "via list"; empty where it holds no name."""
    name = _VIA.sub("", _unwrapped(_LOST.sub("", one_line(written, 200))))
    if not name or _ADDRESS.fullmatch(name) or not any(letter.isalpha() for letter in name):
        return ""
    return turned_around(name)


def _unwrapped(written: str) -> str:
    """Without the marks around it; brackets within a name stay whole, as in "Liu Hongming (Alan)"."""
    name = written.strip(_QUOTES)
    for opening, closing in ("()", "<>", "[]"):
        if name.startswith(opening) and name.find(closing) in (-1, len(name) - 1):
            name = name[1:].removesuffix(closing).strip(_QUOTES)
        elif name.endswith(closing) and opening not in name:
            name = name[:-1].strip(_QUOTES)
    return name


def turned_around(name: str) -> str:
    """ "Raman, Priya" as "Priya Raman"; anything with more than one comma stays as it is."""
    last, comma, first = name.partition(", ")
    if not comma or "," in first or len(first.split()) > 3 or len(last.split()) > 3:
        return name
    return f"{first} {last}"


def name_from_address(address: str) -> str:
    """ "dimitri.torfs@sonycom.com" as "Dimitri Torfs": a guess that any written name replaces."""
    local = address.partition("@")[0]
    words = [word for word in _SEPARATORS.split(local) if word and not word.isdigit()]
    if not words:
        return address
    return " ".join(word.capitalize() if word.islower() else word for word in words)


def best_name(written: str, address: str) -> tuple[str, int]:
    """The name to use and how good its source is."""
    name = display_name(written)
    return (name, FROM_DISPLAY_NAME) if name else (name_from_address(address), FROM_ADDRESS)
