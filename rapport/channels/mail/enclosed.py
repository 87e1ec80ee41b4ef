"""A file taken out of a mail, byte for byte as it was attached. Nothing in it is read."""

from __future__ import annotations

from ..sightings import Enclosed, Failure, Parsed, ReadingOptions
from .bodies import Parts, read_parts
from .headers import read_head


def enclosed_file(raw: bytes, options: ReadingOptions) -> Parsed:
    """The file at `options.place` of those attached. Where copies of a mail differ, as lists and filters change them,
    it is the one of that name.
    """
    parts = read_parts(read_head(raw), raw)
    place = _place_of(parts, options)
    if place is None:  # mail that was read before a winmail.dat was unpacked lists it as it came
        parts = read_parts(read_head(raw), raw, unpack=False)
        place = _place_of(parts, options)
    if place is None:
        return Parsed(failure=Failure("no-such-file"))
    note = parts.attachments[place]
    try:
        body = parts.contents[place]()
    except Exception as trouble:  # its encoding is broken in one of the many ways there are
        return Parsed(failure=Failure("file-broken", type(trouble).__name__))
    return Parsed(file=Enclosed(note.name, note.media_type, body))


def _place_of(parts: Parts, options: ReadingOptions) -> int | None:
    names = [note.name for note in parts.attachments]
    if options.place < len(names) and names[options.place] == options.name:
        return options.place
    return names.index(options.name) if options.name in names else None
