"""A stream line by line, of which no more is held than one line and what was read last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .streams import Readable

_CHUNK = 256 * 1024


def lines_of(file: Readable, line: re.Pattern[bytes], longest: int) -> Iterator[bytes]:
    """The lines as `line` finds them, with their ends; what is left at the end too. One longer than `longest` ends
    there, and its rest is passed over: nobody can read it anyway.
    """
    rest, passing = b"", False
    # As much again as the line is long so far: read in even steps, one of 64 MB was searched from its start 256 times.
    while chunk := file.read(max(_CHUNK, min(len(rest), longest - len(rest) + 1))):
        *found, rest = line.findall(rest + chunk)  # the last may go on, also behind a \r
        yield from found[1:] if passing else found
        passing = passing and not found
        if passing:
            rest = b""
        elif len(rest) > longest:
            yield rest
            rest, passing = b"", True
    if rest:
        yield rest
