"""Files of every class, flipped, cut and spliced: each ends stored, skipped or set aside with a sentence.

A file comes in as it would in an import: opened into pieces, read by the child process within its limits. What is
attached to a mail or formatted in it is taken out and shown as the pages do it.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.channels.reading import pieces_in
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import UNKNOWN_COLUMNS, Parsed, ReadingOptions
from rapport.channels.wording import AUTOMATIC, FAILURES, RULES
from tests.channels.mails import HEAD
from tests.channels.test_tnef import carrying
from tests.conftest import SHARED

EXAMPLES = 1_000 if os.environ.get("RAPPORT_ACCEPT") else 25
LARGEST = 64 * 1024
OUR_FAULT = {"reader-failed", "reader-crashed", "too-much-memory", "took-too-long"}
CLASSES = {
    "mail": ("mail", ".eml"),
    "bounces": ("bounces", ".eml"),
    "html": ("html", ".html"),
    "ics": ("ics", ".ics"),
    "vcf": ("vcf", ".vcf"),
    "csv": ("csv", ".csv"),
    "tnef": ("tnef", ".tnef"),
    "images": ("images", ".png"),
    "xml": ("xml", ".xml"),
}


@cache
def samples(folder: str) -> list[bytes]:
    """The files of a folder that are not too large to be mutated often."""
    paths = [
        one for one in sorted((SHARED / "data/torture" / folder).rglob("*")) if one.is_file() and one.suffix != ".md"
    ]
    return [one.read_bytes() for one in paths if 0 < one.stat().st_size <= LARGEST]


@st.composite
def mutated(draw: st.DrawFn, folder: str) -> bytes:
    """A sample with some of its bytes changed, cut out, doubled, or put into another sample."""
    files = samples(folder)
    found = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(found) - 1, 0)))
        until = min(len(found), at + draw(st.integers(0, 400)))
        match draw(st.sampled_from(["flip", "cut", "end", "double", "splice", "junk"])):
            case "flip" if found:
                found[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del found[at:until]
            case "end":
                del found[at:]
            case "double":
                found[at:at] = found[at:until] * draw(st.integers(1, 30))
            case "splice":
                other = draw(st.sampled_from(files))
                found[at:until] = other[draw(st.integers(0, len(other))) :][:4_000]
            case "junk":
                found[at:until] = draw(st.binary(max_size=40))
    return bytes(found[: 2 * LARGEST])


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsingPool]:
    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    with ParsingPool() as opened:
        yield opened


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated") / "file"


@pytest.mark.parametrize("name", CLASSES)
def test_what_is_mutated_ends_with_a_sentence(pool: ParsingPool, place: Path, name: str) -> None:
    folder, ending = CLASSES[name]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(mutated(folder))
    def holds(raw: bytes) -> None:
        place.write_bytes(raw)
        pieces = list(pieces_in(place, f"file{ending}"))
        assert pieces
        for piece in pieces[:50]:
            if piece.skipped:
                assert piece.skipped.rule in (*RULES, UNKNOWN_COLUMNS)
            else:
                _ends_well(pool.parse([(piece.format, piece.body, piece.options(ReadingOptions()))])[0])
        for mail in _as_mails(name, raw):
            _is_shown_and_taken_out(pool, mail)

    holds()


def _as_mails(name: str, raw: bytes) -> list[bytes]:
    """A mail in which it comes: as what is attached, and as what is shown."""
    if name in ("mail", "bounces"):
        return [raw]
    if name == "html":
        return [HEAD.encode() + b"Content-Type: text/html; charset=utf-8\n\n" + raw]
    if name == "tnef":
        return [carrying(raw)]
    if name in ("images", "xml"):
        within = f'<p>See:<img src="data:image/png;base64,{base64.b64encode(raw).decode()}"><img src="cid:a"></p>'
        shown = HEAD.encode() + b"Content-Type: text/html\n\n" + within.encode()
        return [shown, carrying(raw, kind="image/png")]
    return []


def _is_shown_and_taken_out(pool: ParsingPool, mail: bytes) -> None:
    read, page = pool.parse([("mail", mail, ReadingOptions()), ("mail-page", mail, ReadingOptions())])
    _ends_well(read)
    assert page.page is not None, page.failure
    assert "<script" not in (page.page.formatted.html if page.page.formatted else "").lower()
    for sighting in read.sightings:
        for number, note in enumerate(sighting.attachments[:5]):
            (taken,) = pool.parse([("mail-file", mail, ReadingOptions(name=note.name, place=number))])
            assert taken.file is not None or (taken.failure and taken.failure.reason in ("file-broken", "no-such-file"))


def _ends_well(parsed: Parsed) -> None:
    assert parsed.sightings or parsed.cards or parsed.skipped or parsed.failure
    if parsed.failure:
        assert parsed.failure.reason in FAILURES, parsed.failure
        assert parsed.failure.reason not in OUR_FAULT, parsed.failure
    if parsed.skipped:
        assert parsed.skipped.rule in RULES or parsed.skipped.rule in AUTOMATIC
