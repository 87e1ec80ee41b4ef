"""A vCard file cut into its cards, every byte kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEGIN = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(rb"^[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def split_cards(raw: bytes) -> Iterator[bytes]:
    """The cards of a file, those nested in another (an AGENT) with it. What stands before the first goes with it."""
    if b"\x00" in raw[:4] or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from _split_two_byte(raw)
        return
    cuts = _cuts(raw)
    yield from (raw[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(raw)], strict=True))


def _cuts(raw: bytes) -> list[int]:
    # A card ends where its own END is; a BEGIN within it opens a nested one.
    marks = sorted(
        [(found.start(), 1) for found in _BEGIN.finditer(raw)] + [(f.start(), -1) for f in _END.finditer(raw)]
    )
    cuts, depth, seen = list[int](), 0, False
    for at, way in marks:
        if way == 1 and depth == 0 and seen:
            cuts.append(at)
        seen = True
        depth = max(depth + way, 0)
    return cuts


def _split_two_byte(raw: bytes) -> Iterator[bytes]:
    codec = "utf-16-be" if raw[:1] == b"\x00" or raw[:2] == b"\xfe\xff" else "utf-16-le"
    text = raw.decode(codec, "surrogatepass" if len(raw) % 2 == 0 else "replace")
    for card in split_cards(text.encode("utf-8", "surrogatepass")):
        yield card.decode("utf-8", "surrogatepass").encode(codec, "surrogatepass")
