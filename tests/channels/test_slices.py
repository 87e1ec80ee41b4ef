"""Calendars and cards cut as streams: the same pieces as when the whole file is at hand, whatever comes at a time."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.channels import lines
from rapport.channels.calendar.cutting import split_calendar
from rapport.channels.cards.slices import split_cards
from rapport.channels.reading import pieces_in
from tests.channels.whole_slices import whole_calendar, whole_cards

LARGE = 48 << 20
WIDE = (b"\xff\xfe", b"\xfe\xff")
CALENDAR_LINES = [
    "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "begin:vevent", "BEGIN:VTODO", "END:VTODO",
    "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:Our Own", "TZID:Other", "UID:a", "UID:b",
    "UID;X=1:c", "METHOD:CANCEL", "VERSION:2.0", "PRODID:x", "DTSTART;TZID=Our Own:20260303T090000",
    'DTEND;TZID="Other":20260303T090000', " folded", "", "SUMMARY:é",
]  # fmt: skip
CARD_LINES = ["BEGIN:VCARD", "END:VCARD", " begin : vcard ", "END:VCARD ", "FN:Jörg", "AGENT:", "x" * 30, ""]


def written(some: list[str]) -> st.SearchStrategy[bytes]:
    ends = st.sampled_from(["\r\n", "\n", "\r", "\n\n", ""])
    return st.lists(st.tuples(st.sampled_from(some), ends), max_size=40).map(
        lambda lines: "".join(line + end for line, end in lines).encode("latin-1")
    )


class Trickling:
    """A file that gives as much at a time as it likes."""

    def __init__(self, raw: bytes, seed: int) -> None:
        self._raw, self._chance = raw, random.Random(seed)

    def read(self, size: int = -1, /) -> bytes:
        """At least a byte, until the end; a beginning that is asked for is given whole."""
        some = size if 0 < size < 10 else self._chance.choice([1, 2, 3, 7, 61, 4096])
        given, self._raw = self._raw[:some], self._raw[some:]
        return given


@given(written(CALENDAR_LINES), st.integers())
def test_a_calendar_gives_the_same_pieces(raw: bytes, seed: int) -> None:
    assert list(split_calendar(Trickling(raw, seed), LARGE)) == whole_calendar(raw)


@given(written(CARD_LINES), st.integers())
def test_a_file_of_cards_gives_the_same_pieces(raw: bytes, seed: int) -> None:
    assert list(split_cards(Trickling(raw, seed), LARGE)) == whole_cards(raw)


@given(written(CARD_LINES), st.integers(), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_wide_letters_are_cut_at_the_same_places(raw: bytes, seed: int, codec: str) -> None:
    text = "\ufeff" + raw.decode("latin-1")
    expected = [card.decode().encode(codec) for card in whole_cards(text.encode())]
    assert list(split_cards(Trickling(text.encode(codec), seed), LARGE)) == expected


@given(st.binary(max_size=60), st.integers())
def test_half_a_pair_or_half_a_letter_is_kept_as_it_is(noise: bytes, seed: int) -> None:
    raw = "\ufeffBEGIN:VCARD\r\nFN:Ana\r\nNOTE:".encode("utf-16-le") + noise + "\r\nEND:VCARD\r\n".encode("utf-16-le")
    for whole in (raw, raw + b"\xd8", raw + b"\x00\xd8"):
        assert b"".join(split_cards(Trickling(whole, seed), LARGE)) == whole


def corpus(folder: str) -> Iterator[bytes]:
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    for path in sorted((SHARED / "data/torture" / folder).rglob("*")):
        if path.is_file():
            yield path.read_bytes()


@pytest.mark.parametrize("folder", ["ics", "vcf"])
def test_hostile_files_give_the_same_pieces(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, raw in enumerate(corpus(folder)):
        monkeypatch.setattr(lines, "_CHUNK", 1 + number % 97)
        assert list(split_calendar(Trickling(raw, number), LARGE)) == whole_calendar(raw)
        if b"\x00" not in raw[:4] and raw[:2] not in WIDE:
            assert list(split_cards(Trickling(raw, number), LARGE)) == whole_cards(raw)


def test_one_that_is_too_large_is_left_out_and_hurts_none_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.channels.reading.PIECE_BYTES", 2000)
    monkeypatch.setattr(lines, "_CHUNK", 100)
    for much in ("X" * 3000, "NOTE:x\r\n" * 400):
        events = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{much if n == 1 else ''}\r\nEND:VEVENT\r\n" for n in range(3))
        cards = "".join(f"BEGIN:VCARD\r\nFN:{n}\r\n{much if n == 1 else ''}\r\nEND:VCARD\r\n" for n in range(3))
        for name, text in (("a.ics", f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n"), ("a.vcf", cards)):
            (tmp_path / name).write_text(text, newline="")
            found = [one.skipped.rule if one.skipped else one.format for one in pieces_in(tmp_path / name, name)]
            kind = "calendar" if name == "a.ics" else "card"
            assert found == [kind, "too-large", kind]


def test_a_calendar_cannot_say_megabytes_beside_each_of_its_events() -> None:
    many = "".join(f"PRODID:{n}\r\n" for n in range(20_000))
    events = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\nEND:VEVENT\r\n" for n in range(20))
    raw = f"BEGIN:VCALENDAR\r\n{many}{events}END:VCALENDAR\r\n".encode()
    assert max(len(prefix) for prefix, _ in split_calendar(Trickling(raw, 0), LARGE)) < 70_000


class Asked(io.BytesIO):
    """A file that counts how often it is asked."""

    times = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.times += 1
        return super().read(size)


@pytest.mark.parametrize("split", [split_calendar, split_cards])
def test_a_line_without_an_end_is_not_searched_again_and_again(split: Callable[..., Iterator[bytes]]) -> None:
    """Each time more of it comes it is searched from its start: at 256 KB a time, 70 MB took twenty seconds."""
    file = Asked(b"BEGIN:VCARD\n" + b"0" * (LARGE // 2))
    for _piece in split(file, LARGE):
        pass
    assert file.times < 12
