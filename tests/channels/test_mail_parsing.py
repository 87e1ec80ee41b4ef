"""What one mail says: who, to whom, when, in which words; and what happens when it says it badly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.channels.mail.bodies import _from_base64
from rapport.channels.mail.parsing import parse_message
from rapport.channels.sightings import ReadingOptions
from tests.channels.mails import HEAD, mail, seen


def test_a_plain_mail_says_who_wrote_to_whom_and_when() -> None:
    sighting = seen(mail("Could you take Friday?\n"))
    assert sighting.at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert [(party.part, party.address.value) for party in sighting.parties] == [
        ("from", "priya@fernhill.org"),
        ("to", "ana@larkwood.org"),
    ]
    assert (sighting.subject, sighting.excerpt) == ("Rota", "Could you take Friday?")
    assert sighting.question == "Could you take Friday?"


def test_copies_in_two_mailboxes_are_one_and_two_mails_with_one_id_are_two() -> None:
    first = seen(mail("Hello.", "Received: from a by b; Tue, 3 Mar 2026 10:00:07 +0100"))
    copy = seen(mail("Hello.\n\n____\nlist footer", "X-Mailbox: other"))
    other = seen(mail("Hello.", head=HEAD.replace("10:00:00", "11:00:00")))
    assert first.origin == copy.origin != other.origin


def test_a_mail_without_id_is_known_by_what_it_says() -> None:
    bare = HEAD.replace("Message-ID: <one@fernhill.org>\n", "")
    assert seen(mail("One.", head=bare)).origin == seen(mail("One.", head=bare)).origin
    assert seen(mail("One.", head=bare)).origin != seen(mail("Two.", head=bare)).origin


@pytest.mark.parametrize(
    ("date", "arrived", "prefix", "remark"),
    [
        ("Tue, 3 Mar 2026 10:00:00 +0100", "", b"", ()),
        ("yesterday", "Received: from a by b; Tue, 3 Mar 2026 09:00:00 +0000", b"", ("date-of-arrival",)),
        ("Mon, 1 Jan 1601 00:00:00 +0000", "", b"From x Tue Mar  3 09:00:00 2026\n", ("date-of-envelope",)),
    ],
)
def test_an_odd_date_falls_back_to_when_it_arrived(
    date: str, arrived: str, prefix: bytes, remark: tuple[str, ...]
) -> None:
    raw = mail("Hi.", *filter(None, [arrived]), head=HEAD.replace("Tue, 3 Mar 2026 10:00:00 +0100", date))
    parsed = parse_message(raw, ReadingOptions(prefix=prefix))
    assert parsed.sightings[0].at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert parsed.remarks == remark


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"just some words\nand more\n", "not-a-mail"),
        (b"Subject: x\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n\nhi", "no-sender"),
        (b"From: a@x.org\nSubject: x\n\nhi", "no-date"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    failure = parse_message(raw).failure
    assert failure is not None
    assert failure.reason == reason


def test_the_line_before_a_mail_in_its_mailbox_alone_makes_nobody_its_sender() -> None:
    kept = ReadingOptions(prefix=b"From bounces@robots.example Tue Mar  3 09:00:00 2026\n")
    nameless = parse_message(b"To: ana@larkwood.org\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n\nhi", kept)
    assert nameless.failure is not None
    assert nameless.failure.reason == "no-sender"
    named = parse_message(b"From: Priya Raman\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n\nhi", kept)
    sender = named.sightings[0].parties[0].address
    assert (sender.name, sender.value) == ("Priya Raman", "bounces@robots.example")


def test_a_false_charset_and_a_raw_subject_stay_readable() -> None:
    raw = HEAD.replace("Rota", "Grüße").encode("latin-1") + b"Content-Type: text/plain; charset=us-ascii\n\n"
    sighting = seen(raw + "Schöne Grüße aus Köln".encode())
    assert (sighting.subject, sighting.text) == ("Grüße", "Schöne Grüße aus Köln")


def test_no_nul_and_no_lone_surrogate_reaches_the_database() -> None:
    sighting = seen(mail("a\x00b", "Content-Type: text/plain; charset=utf-8").replace(b"Rota", b"Ro\x00ta"))
    assert "\x00" not in sighting.text + sighting.subject


def test_html_alone_is_read_as_text_without_what_it_quotes() -> None:
    html = "<style>p{}</style><p>Yes,<br>Friday works.</p><blockquote>Could you take Friday?</blockquote>"
    sighting = seen(mail(html, "Content-Type: text/html; charset=utf-8"))
    assert sighting.text == "Yes,\nFriday works."
    assert sighting.has_html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<table><tr><th>Place</th><th>Sum</th></tr>\n<tr>\t<td>Liege</td><td>1200&nbsp;EUR</td></tr></table>",
            "Place\tSum\nLiege\t1200 EUR",
        ),
        ("<TABLE><TR><TD CLASS=a>Liege<TD>1200 EUR</TABLE>", "Liege\t1200 EUR"),
        ("<table><tr><td></td><td><p>Liege</p></td><td> </td><td>1200</td></tr></table>", "Liege\n1200"),
        ("<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>", "a\n\nb"),
        ("<p>a\tb</p><dl><dt>Sum<dd>1200 EUR</dl>", "a b\n\nSum\n1200 EUR"),
        ("<table><caption>Fees</caption><tr><td>Liege</td></tr></table>", "Fees\n\nLiege"),
    ],
)
def test_cells_of_a_table_are_parted(html: str, words: str) -> None:
    sighting = seen(mail(html, "Content-Type: text/html; charset=utf-8"))
    assert sighting.text == words
    assert sighting.excerpt == " ".join(words.split())


def test_attachments_are_noted_and_not_read() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nSee the plan.\n--b\nContent-Type: application/pdf;\n"
        " name*0*=utf-8''Pl%C3%A4; name*1=ne.pdf\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
    )
    sighting = seen(mail(body, 'Content-Type: multipart/mixed; boundary="b"'))
    assert sighting.text == "See the plan."
    assert [(note.name, note.media_type) for note in sighting.attachments] == [("Pläne.pdf", "application/pdf")]


def test_broken_base64_does_not_lose_the_rest() -> None:
    body = "--b\nContent-Type: text/plain\n\nWords.\n--b\nContent-Transfer-Encoding: base64\n\n!!!\n--b--\n"
    assert seen(mail(body, 'Content-Type: multipart/mixed; boundary="b"')).text.startswith("Words.")


def test_a_text_cut_within_a_letter_is_not_in_another_encoding() -> None:
    raw = mail("Grüße, Größe, Süße: bis später in Zürich", "Content-Type: text/plain; charset=utf-8")
    assert seen(raw[: raw.index("ürich".encode()) + 1]).text.startswith("Grüße, Größe, Süße: bis später in Z")


def test_boundaries_that_hide_every_part_hide_no_words() -> None:
    body = '--a--\nContent-Type: multipart/mixed; boundary="a----"\n\n--a----\n\nSee you on Friday.\n--a----'
    parsed = parse_message(mail(body, 'Content-Type: multipart/mixed; boundary="a--"'))
    assert "See you on Friday." in parsed.sightings[0].text
    assert "mended-body" in parsed.remarks


def test_an_encoding_with_blanks_behind_its_name_is_known() -> None:
    body = "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable  \n\nBis M=C3=A4rz.\n--b--\n"
    assert seen(mail(body, 'Content-Type: multipart/mixed; boundary="b"')).text == "Bis März."


@pytest.mark.parametrize(
    ("written", "meant"),
    [("YQ==", b"a"), ("YWI=", b"ab"), ("YWJj", b"abc"), ("YQ==\nYg==", b"ab"), ("YQ== junk", b"a")],
)
def test_the_patient_reader_loses_no_byte_at_the_end(written: str, meant: bytes) -> None:
    assert _from_base64(written.encode()) == meant


def test_a_kind_of_text_nobody_knows_is_words() -> None:
    body = "--b\nContent-Type: text/x-own\n\nHello.\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n"
    sighting = seen(mail(body, 'Content-Type: multipart/mixed; boundary="b"'))
    assert sighting.text == "Hello."
    assert [note.media_type for note in sighting.attachments] == ["text/calendar"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_end_in_an_answer(junk: bytes) -> None:
    for raw in (
        junk,
        HEAD.encode() + junk,
        HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + junk,
    ):
        parsed = parse_message(raw)
        assert parsed.sightings or parsed.failure or parsed.skipped
