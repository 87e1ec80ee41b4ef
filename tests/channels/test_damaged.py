"""Files that are damaged: whatever stands in them, opening them raises nothing, and each says that it is damaged."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.channels.reading import Piece, pieces_in
from tests.channels.mails import mail

MBOX = b"From ana@x.org Tue Mar  3 09:00:00 2026\n" + mail() + b"\n\n"
CARDS = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Björn {n}\r\nEND:VCARD\r\n" for n in range(3))
EVENTS = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART;TZID=Our Own:20260303T090000\r\nEND:VEVENT\r\n" for n in "aba")
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Our Own\r\nEND:VTIMEZONE\r\n"
    f"{EVENTS}END:VCALENDAR\r\n"
).encode()  # fmt: skip
TABLE = 'Name,Email\r\n"Ana, née B",ana@x.org\r\nBo,bo@x.org\r\n'


def zipped(packing: int, **members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(format: int, **members: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=format) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size, member.pax_headers = len(content), {"size": str(len(content))}
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def opened(content: bytes, name: str) -> list[Piece]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        return list(pieces_in(path, name))


def said(content: bytes, name: str) -> list[str]:
    return [piece.skipped.rule if piece.skipped else piece.format for piece in opened(content, name)]


MAILS = {"ä.eml": mail(), "b" * 120 + ".eml": mail(), "c.eml": mail(), "d.eml": mail()}
ARCHIVES = {
    "stored.zip": zipped(zipfile.ZIP_STORED, **MAILS),
    "deflated.zip": zipped(zipfile.ZIP_DEFLATED, **MAILS),
    "bzip2.zip": zipped(zipfile.ZIP_BZIP2, **MAILS),
    "lzma.zip": zipped(zipfile.ZIP_LZMA, **MAILS),
    "pax.tar": tarred(tarfile.PAX_FORMAT, **MAILS),
    "gnu.tar": tarred(tarfile.GNU_FORMAT, **MAILS),
    "packed.tar.gz": gzip.compress(tarred(tarfile.PAX_FORMAT, **MAILS)),
    "one.eml.gz": gzip.compress(mail()),
    "both.tar": tarred(tarfile.PAX_FORMAT, **{"a.zip": zipped(zipfile.ZIP_DEFLATED, **MAILS), "b.eml": mail()}),
}
OTHERS = {
    "a.mbox": MBOX * 3,
    "a.eml": mail(),
    "a.vcf": CARDS.encode(),
    "wide.vcf": CARDS.encode("utf-16"),
    "a.ics": CALENDAR,
    "wide.ics": CALENDAR.decode().encode("utf-16"),
    "a.csv": TABLE.encode(),
    "wide.csv": TABLE.encode("utf-16"),
}
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "take out", "put in", "blank"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 255),
    ),
    min_size=1,
    max_size=4,
)


def damaged(content: bytes, edits: list[tuple[str, float, int]]) -> bytes:
    for how, place, value in edits:
        at = int(place * len(content))
        if how == "flip" and content:
            content = content[:at] + bytes([content[at] ^ value]) + content[at + 1 :]
        elif how == "cut":
            content = content[:at]
        elif how == "take out":
            content = content[:at] + content[at + value :]
        elif how == "put in":
            content = content[:at] + bytes([value]) * (value % 7) + content[at:]
        elif how == "blank":
            content = content[:at] + bytes(value) + content[at + value :]
    return content


@settings(max_examples=1_500, deadline=None)
@given(name=st.sampled_from(sorted(ARCHIVES)), edits=EDITS)
def test_an_archive_gives_all_its_files_or_says_that_it_is_damaged(
    name: str, edits: list[tuple[str, float, int]]
) -> None:
    pieces = opened(damaged(ARCHIVES[name], edits), name)
    whole = [piece for piece in pieces if not piece.skipped]
    left_out = [piece.skipped.rule for piece in pieces if piece.skipped]
    assert len(whole) >= len(opened(ARCHIVES[name], name)) or left_out
    assert [piece.ordinal for piece in pieces] == list(range(len(pieces)))


@settings(max_examples=500, deadline=None)
@given(name=st.sampled_from(sorted(OTHERS)), edits=EDITS)
def test_of_any_other_file_something_is_said(name: str, edits: list[tuple[str, float, int]]) -> None:
    assert opened(damaged(OTHERS[name], edits), name)


def test_a_name_that_is_not_what_its_flag_says() -> None:
    packed = ARCHIVES["deflated.zip"].replace("ä".encode(), b"\xff\xfe")
    assert said(packed, "a.zip") == ["broken-archive"]


def test_a_member_that_cannot_be_unpacked_hurts_none_beside_it() -> None:
    packed = bytearray(zipped(zipfile.ZIP_LZMA, **{"a.eml": mail(), "b.eml": mail()}))
    at = packed.index(b"a.eml") + len(b"a.eml") + 4
    packed[at : at + 5] = b"\xff" * 5  # the settings of its packer
    with pytest.raises(lzma.LZMAError), zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.read("a.eml")
    assert said(bytes(packed), "a.zip") == ["broken-archive", "mail"]


@pytest.mark.parametrize("size", ["x", "0", "1", "512", "99999999"])
def test_a_tar_that_is_wrong_about_a_size_loses_nothing_unsaid(size: str) -> None:
    packed, content = io.BytesIO(), mail() + b"So far. " * 200
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in ("a.eml", "b.eml", "c.eml"):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.pax_headers = {"size": size} if name == "b.eml" else {}
            archive.addfile(member, io.BytesIO(content))
    found = said(packed.getvalue(), "a.tar")
    assert found[0] == "mail"
    assert found[-1] == "broken-archive"


def test_a_tar_that_was_cut_off_between_two_files_says_so() -> None:
    whole = tarred(tarfile.GNU_FORMAT, **{"a.eml": mail(), "b.eml": mail()})
    assert said(whole[: 512 + -(-len(mail()) // 512) * 512], "a.tar") == ["mail", "broken-archive"]


def test_an_archive_without_files_says_so() -> None:
    assert said(zipped(zipfile.ZIP_STORED), "a.zip") == ["empty"]


def test_a_file_of_a_name_nobody_can_read_is_passed_on() -> None:
    packed = tarred(tarfile.GNU_FORMAT, **{"caf\udce9.eml": mail()})
    (piece,) = opened(packed, "a.tar")
    piece.name.encode()
