"""A file comes out of its mail as it was attached, and no other file in its place."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from rapport.channels.looking_in import look_in
from rapport.channels.mail.parsing import parse_message
from rapport.channels.sightings import Enclosed, Parsed, ReadingOptions

PDF = bytes(range(256)) * 40


def whole() -> bytes:
    """A mail with text, a picture, a file, and another mail in it."""
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "Inner thoughts", "x@y.example"
    inner.set_content("Within.")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = "a@b.example", "c@d.example", "Thu, 19 Nov 2026 08:00:00 +0000"
    mail["Subject"] = "Files"
    mail.set_content("Here they are.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="Quartalsbericht größer.pdf")
    mail.add_attachment("a,b\n1,2\n", subtype="csv", filename="same.csv")
    mail.add_attachment(b"\x00second", maintype="application", subtype="octet-stream", filename="same.csv")
    mail.add_attachment(inner)
    return mail.as_bytes()


def taken(raw: bytes, place: int, name: str) -> Parsed:
    """What the sandbox gives."""
    return look_in("mail-file", raw, ReadingOptions(name=name, place=place))


def test_each_file_comes_out_as_it_went_in() -> None:
    notes = parse_message(whole()).sightings[0].attachments
    assert [one.name for one in notes] == ["Quartalsbericht größer.pdf", "same.csv", "same.csv", "Inner thoughts"]
    files = [taken(whole(), place, one.name).file for place, one in enumerate(notes)]
    assert all(files)
    assert files[0] == Enclosed("Quartalsbericht größer.pdf", "application/pdf", PDF)
    assert [one.body.replace(b"\r\n", b"\n") for one in files[1:3] if one] == [b"a,b\n1,2\n", b"\x00second"]
    assert files[3] is not None
    assert files[3].media_type == "message/rfc822"
    assert b"Subject: Inner thoughts" in files[3].body
    assert b"Within." in files[3].body


def test_a_copy_that_a_list_has_changed_gives_the_file_of_that_name() -> None:
    assert (taken(whole(), 0, "same.csv").file or Enclosed("", "", b"")).body.startswith(b"a,b")
    assert taken(whole(), 9, "Quartalsbericht größer.pdf").file is not None
    assert taken(whole(), 0, "another.pdf").file is None
    assert taken(b"no mail at all", 0, "x").file is None


@pytest.mark.parametrize("encoding", ["base64", "x-unknown", "quoted-printable"])
def test_what_is_damaged_is_taken_out_as_far_as_it_goes_or_not_at_all(encoding: str) -> None:
    raw = (
        "From: a@b.example\r\nDate: Thu, 19 Nov 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHi\r\n'
        f'--x\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: {encoding}\r\n'
        "Content-Disposition: attachment\r\n\r\n!!!=ZZ\x00===\r\n--x--\r\n"
    ).encode()
    found = taken(raw, 0, "a.pdf")
    assert (found.file is None) != (found.failure is None)
