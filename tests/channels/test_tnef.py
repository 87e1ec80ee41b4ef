"""A winmail.dat: its files and words are the mail's own; a hostile one costs little and says that it breaks off."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.channels.looking_in import look_in
from rapport.channels.mail.bodies import TEXT_BYTES, Parts, read_parts
from rapport.channels.mail.headers import read_head
from rapport.channels.mail.rtf import RTF_BYTES, unpacked_rtf, words_of_rtf
from rapport.channels.mail.tnef import MOST_FILES, SIGNATURE, read_tnef
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import ReadingOptions
from tests.channels.mails import mail, seen


def attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, number, 0, len(data)) + data + b"\0\0"


def winmail(*attributes: bytes) -> bytes:
    return SIGNATURE + b"\0\0" + b"".join(attributes)


def one_file(name: bytes, body: bytes) -> bytes:
    return attribute(2, 0x9002, b"") + attribute(2, 0x8010, name + b"\0") + attribute(2, 0x800F, body)


def carrying(packed: bytes, words: str = "See the plan.", kind: str = "application/ms-tnef") -> bytes:
    body = (
        f"--b\nContent-Type: text/plain\n\n{words}\n--b\nContent-Type: {kind}; name=winmail.dat\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(packed).decode()}\n--b--\n"
    )
    return mail(body, 'Content-Type: multipart/mixed; boundary="b"')


PACKED = winmail(
    attribute(1, 0x9007, (1252).to_bytes(4, "little")),
    attribute(1, 0x800C, "Grüße aus dem Plan.".encode("cp1252") + b"\0"),
    one_file(b"plan.pdf", b"%PDF-1.4 whole"),
    one_file("Pläne.txt".encode("cp1252"), b"two"),
)


def test_the_files_in_it_are_attached_to_the_mail_and_can_be_taken_out() -> None:
    raw = carrying(PACKED)
    notes = seen(raw).attachments
    assert [(one.name, one.media_type, one.size) for one in notes] == [
        ("plan.pdf", "application/pdf", 14),
        ("Pläne.txt", "text/plain", 3),
    ]
    taken = look_in("mail-file", raw, ReadingOptions(name="plan.pdf", place=0)).file
    assert taken is not None
    assert taken.body == b"%PDF-1.4 whole"


def test_its_words_are_the_mails_where_it_has_no_others() -> None:
    assert seen(carrying(PACKED)).text == "See the plan."
    assert seen(carrying(PACKED, words="", kind="application/octet-stream")).text == "Grüße aus dem Plan."


def test_one_that_breaks_off_stays_beside_what_was_in_it() -> None:
    notes = seen(carrying(PACKED[:-8])).attachments
    assert [one.name for one in notes] == ["winmail.dat", "plan.pdf", "Pläne.txt"]


def test_mail_read_before_it_was_unpacked_still_gives_the_file_it_listed() -> None:
    taken = look_in("mail-file", carrying(PACKED), ReadingOptions(name="winmail.dat", place=0)).file
    assert taken is not None
    assert taken.body == PACKED


def test_one_within_itself_and_one_of_many_files_end() -> None:
    inner = PACKED
    for _ in range(30):
        inner = winmail(one_file(b"inner.dat", inner))
    assert len(read_tnef(inner).files) <= 2
    many = read_tnef(winmail(*(one_file(b"a.txt", b"") for _ in range(5_000))))
    assert len(many.files) == MOST_FILES
    assert not many.whole


def test_mails_within_that_hold_more_files_than_are_taken_leave_the_first_of_them() -> None:
    inner = winmail(attribute(1, 0x800C, b"Words\0"), *(one_file(b"%d.txt" % place, b"") for place in range(60)))
    found = read_tnef(winmail(*(one_file(b"inner.dat", inner) for _ in range(4))))
    first = [f"{place}.txt" for place in range(60)]
    assert [one.name for one in found.files] == [*first, "inner.dat", *first[:39]]
    assert len(found.files) == MOST_FILES
    assert not found.whole


def test_a_long_text_in_it_is_read_from_its_beginning_and_remarked() -> None:
    read = read_parts_of(carrying(winmail(attribute(1, 0x800C, b"word " * 100_000)), words=""))
    assert "".join(read.plain).strip() == ("word " * (TEXT_BYTES // 5)).strip()
    assert read.remarks == ["long-text"]
    marked = attribute(1, 0x9003, struct.pack("<IHHII", 1, 0x001E, 0x1013, 1, 500_000) + b"<p>x</p> " * 55_556)
    read = read_parts_of(carrying(winmail(marked)))
    assert len("".join(read.html)) == TEXT_BYTES
    assert read.remarks == ["long-text"]


def read_parts_of(raw: bytes) -> Parts:
    return read_parts(read_head(raw), raw)


def test_rtf_that_promises_gigabytes_gives_what_is_there() -> None:
    bomb = struct.pack("<II4sI", 0, 0xFFFFFFFF, b"LZFu", 0) + b"\0aaaaaaaa" * 300_000
    assert len(unpacked_rtf(bomb)) == RTF_BYTES


def in_rtf(rtf: bytes) -> bytes:
    """A winmail.dat whose words stand in RTF only."""
    packed = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    padded = packed + b"\0" * (-len(packed) % 4)
    return winmail(attribute(1, 0x9003, struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(packed)) + padded))


def test_an_emoji_in_rtf_is_one() -> None:
    assert (
        seen(carrying(in_rtf(rb"{\rtf1\ansi Well done \u55357?\u56832?!}"), words="")).text == "Well done \U0001f600!"
    )
    assert words_of_rtf(rb"{\rtf1\ansi half \u55357?}") == "half \ufffd"


def test_rtf_that_cannot_be_read_costs_its_words_and_not_the_mail() -> None:
    unreadable = winmail(one_file(b"plan.pdf", b"%PDF-1.4 whole")) + in_rtf(rb"{\rtf1\ansi hello \u99999999 ? x}")[6:]
    read = seen(carrying(unreadable, words=""))
    assert (read.text, [one.name for one in read.attachments]) == ("", ["plan.pdf"])


def test_every_file_of_the_corpus_is_read_within_a_mail_and_taken_out_whole(shared: Path) -> None:
    paths = sorted((shared / "data/torture/tnef").rglob("*.tnef"))
    assert paths
    with ParsingPool() as pool:
        for path in paths:
            raw, found = carrying(path.read_bytes()), read_tnef(path.read_bytes())
            (read,) = pool.parse([("mail", raw, ReadingOptions())])
            names = [one.name for one in read.sightings[0].attachments]
            assert [file.name[:250] for file in found.files] == [name for name in names if name != "winmail.dat"]
            for place, name in enumerate(names):
                (taken,) = pool.parse([("mail-file", raw, ReadingOptions(name=name, place=place))])
                assert taken.file is not None
                assert taken.file.body in ([file.body for file in found.files] + [path.read_bytes()])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(PACKED)), st.integers(0, len(PACKED)))
def test_whatever_is_cut_out_and_put_in_it_ends(junk: bytes, begins: int, ends: int) -> None:
    found = read_tnef(PACKED[:begins] + junk + PACKED[ends:])
    assert sum(len(file.body) for file in found.files) <= len(PACKED) + len(junk)
