"""Files of every kind are opened into pieces; archives within bounds; what we cannot read is named."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from rapport.channels.reading import files_in, pieces_in
from tests.channels.mails import mail

MBOX = b"From ana@x.org Tue Mar  3 09:00:00 2026\n" + mail() + b"\n\n"


def formats(tmp_path: Path, name: str, content: bytes) -> list[str]:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return [piece.skipped.rule if piece.skipped else piece.format for piece in pieces_in(path, name)]


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.mbox", MBOX * 2, ["mail", "mail"]),
        ("a.txt", MBOX, ["mail"]),
        ("a.mbox.gz", gzip.compress(MBOX * 2, mtime=0), ["mail", "mail"]),
        ("a.eml", mail(), ["mail"]),
        ("noname", mail(), ["mail"]),
        (
            "a.ics",
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\n",
            ["calendar"] * 2,
        ),
        ("a.vcf", b"BEGIN:VCARD\nFN:A\nEND:VCARD\n" * 2, ["card", "card"]),
        ("a.csv", b"Name,Email\nA,a@x.org\nB,b@x.org\n", ["table", "table"]),
        ("a.csv", b"date,amount\n1,2\n3,4\n", ["table"]),
        ("a.pdf", b"%PDF-1.4", ["unknown-format"]),
        ("a", b"", ["empty"]),
        ("a.mbox", b"", ["empty"]),
        ("a.mbox", b"\n\n", ["empty"]),
        ("a.eml", b"", ["empty"]),
        ("a.ics", b"", ["empty"]),
        ("a.vcf", b"", ["empty"]),
        ("a.csv", b"", ["empty"]),
        ("a.mbox.gz", gzip.compress(b"", mtime=0), ["empty"]),
        ("a.zip", zipped(), ["empty"]),
        ("a.zip", zipped(**{"a.mbox": b"", "b.eml": mail(), "c/": b""}), ["empty", "mail"]),
        ("a.tar", tarred(), ["empty"]),
        ("a.gz", gzip.compress(MBOX, mtime=0)[:60], ["broken-archive"]),
        ("a.zip", b"PK\x03\x04 broken", ["broken-archive"]),
        ("a.zip", zipped(**{"m/a.mbox": MBOX, "../../etc/x.vcf": b"BEGIN:VCARD\nFN:A\nEND:VCARD\n"}), ["mail", "card"]),
        ("a.tar", tarred(**{"1.zip": zipped(**{"a.mbox": MBOX}), "2.eml": mail()}), ["mail", "mail"]),
        ("a.tar", tarred(**{"1.zip": b"PK\x03\x04 broken", "2.eml": mail()}), ["broken-archive", "mail"]),
        ("a.zip", zipped(**{"1.zip": zipped(**{"a.mbox": MBOX})}), ["archive-too-deep"]),
        ("a.xlsx", zipped(**{"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<y/>"}), ["unknown-format"]),
    ],
)
def test_a_file_is_opened_into_its_pieces(tmp_path: Path, name: str, content: bytes, found: list[str]) -> None:
    assert formats(tmp_path, name, content) == found


def test_an_archive_in_an_archive_in_an_archive_ends(tmp_path: Path) -> None:
    packed = MBOX
    for _ in range(8):
        packed = gzip.compress(packed)
    assert formats(tmp_path, "a.gz", packed) == ["archive-too-deep"]


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    bomb = b"BEGIN:VCARD\n" + b"0" * (70 << 20)
    assert formats(tmp_path, "a.vcf.gz", gzip.compress(bomb)) == ["archive-too-large"]
    assert formats(tmp_path, "a.zip", zipped(**{"a.vcf": bomb})) == ["archive-too-large"]


def test_reading_goes_on_behind_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(MBOX * 5)
    assert [piece.ordinal for piece in pieces_in(path, "a.mbox", skip=3)] == [3, 4]


@pytest.mark.parametrize("name", ["a.zip", "a.csv.gz"])
def test_of_a_table_that_is_copied_first_it_is_told_how_far_it_is(tmp_path: Path, name: str) -> None:
    """Birthdays are looked through before the first row is read: the archive is at its end by then."""
    rows = b"".join(b"Person %d,%08d@x.example,14/03/1985\n" % (n, n * n) for n in range(80_000))
    table = b"Name,Email,Birthday\n" + rows
    content = zipped(**{"a.csv": table}) if name == "a.zip" else gzip.compress(table)
    (tmp_path / name).write_bytes(content)
    at = [piece.position for piece in pieces_in(tmp_path / name, name)]
    assert at == sorted(at)
    assert at[0] < len(content) * 0.6 < at[-1]


def test_the_envelope_of_a_mail_is_its_prefix(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(MBOX)
    (piece,) = pieces_in(path, "a.mbox")
    assert piece.prefix + piece.body == MBOX
    assert piece.position == len(MBOX)


def test_a_maildir_gives_its_mails_and_not_what_is_being_delivered(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp", ".Sent/cur"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1772528400.1_2.host:2,S").write_bytes(mail())
    assert [name for _, name in files_in(tmp_path)] == [
        "cur/1772528400.1_2.host:2,S",
        "new/1772528400.1_2.host:2,S",
        ".Sent/cur/1772528400.1_2.host:2,S",
    ]


def test_of_pictures_on_cards_it_is_said_once_for_a_file(tmp_path: Path) -> None:
    pictured = b"BEGIN:VCARD\r\nFN:A\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/\r\nEND:VCARD\r\n"
    plain = b"BEGIN:VCARD\r\nFN:B\r\nNOTE:no PHOTO: here\r\nPHOTO:\r\nEND:VCARD\r\n"
    assert formats(tmp_path, "a.vcf", pictured * 2 + plain) == ["card", "card", "card", "pictures-on-cards"]
    assert formats(tmp_path, "a.vcf", plain) == ["card"]
    packed = zipped(**{"a.vcf": pictured, "b.vcf": pictured.replace(b"PHOTO", b"item1.photo")})
    assert formats(tmp_path, "a.zip", packed) == ["card", "card", "pictures-on-cards"]
