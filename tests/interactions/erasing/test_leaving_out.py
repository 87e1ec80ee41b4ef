"""What is read in later is read without whoever was erased, and with everything that is others'."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from rapport.accounts.access import Viewer
from rapport.channels.reading import Piece
from rapport.channels.sightings import Address, AttachmentNote, Card, Failure, Parsed, Party, Sighting, Skipped
from rapport.interactions.erasing.leaving_out import parsed_without_the_erased, without_the_erased
from rapport.kit.ids import new_id
from rapport.people.matching import HandleKey
from rapport.people.tombstones import bury

from ..mails import MAYA, PRIYA, mail, meeting, read

ZOE = "zoe@quay.example"
NAMES = {ZOE: "Zoe Quill", MAYA: "Maya Okafor", PRIYA: "Priya Raman"}
LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def buried(maya: Viewer, now: datetime) -> None:
    """Zoe was erased: her address and her telephone."""
    bury([("email", ZOE), ("phone", "+442071838750")], new_id(), now)


def letter(sender: str, *to: str, **more: Any) -> Sighting:
    return mail("tea", sender, to, names=NAMES, **more)


def bytes_of(sighting: Sighting, text: str = "Hello.") -> bytes:
    """A mail as it came."""
    people = [(party.part.title(), party.address) for party in sighting.parties]
    heads = [f"{part}: {address.name} <{address.value}>" for part, address in people]
    return "\n".join(("Message-ID: <tea@mail.example>", *heads, "", text)).encode()


def piece(body: bytes, kind: str = "mail", prefix: bytes = b"", skipped: Skipped | None = None) -> Piece:
    return Piece(kind, "Zoe Quill.mbox", 3, prefix, body, 99, skipped)


def after(one: Piece, parsed: Parsed) -> tuple[Piece, Parsed]:
    pieces, told = without_the_erased([one], [parsed])
    assert (len(pieces), len(told)) == (1, 1)
    return pieces[0], told[0]


def is_left_out(one: Piece, parsed: Parsed) -> bool:
    """Nothing of it is read, none of its bytes kept, and an import still counts it."""
    kept, told = after(one, parsed)
    if (kept, told) == (one, parsed):
        return False
    assert told == Parsed(skipped=Skipped("erased"))
    assert (kept.name, kept.body, kept.prefix, kept.skipped, kept.is_kept) == ("", b"", b"", Skipped("erased"), False)
    assert (kept.format, kept.ordinal, kept.position, kept.has_raw) == (one.format, one.ordinal, one.position, False)
    return True


def test_a_mail_between_her_and_us_is_left_out() -> None:
    for one in (letter(ZOE, MAYA), letter(MAYA, ZOE), letter("new@fernhill.example", ZOE)):
        assert is_left_out(piece(bytes_of(one)), Parsed((one,)))


def test_a_list_or_a_desk_is_nobody_else() -> None:
    on_a_list = letter(ZOE, MAYA, through="all@lists.example")
    to_a_desk = letter(ZOE, MAYA, "info@else.example")
    came_back = replace(on_a_list, parties=(*on_a_list.parties, Party(Address("email", PRIYA, ""), "bounced")))
    for one in (on_a_list, to_a_desk, came_back):
        assert is_left_out(piece(bytes_of(one)), Parsed((one,)))


def test_where_nobody_was_erased_all_is_as_it_came() -> None:
    one = letter(PRIYA, MAYA, text="of Zoe Quill")
    raw = piece(bytes_of(one), prefix=b"From priya@solace.example Mon")
    assert after(raw, Parsed((one,))) == (raw, Parsed((one,)))


def test_what_she_wrote_to_others_stays_without_her_words() -> None:
    one = letter(
        ZOE, MAYA, PRIYA, text="Mine.", question="Mine?", location="Mine", signature="Zoe", has_html=True,
        attachments=(AttachmentNote("plan.pdf", "application/pdf", 3),),
    )  # fmt: skip
    kept, told = after(piece(bytes_of(one), prefix=f"From {ZOE} Mon".encode()), Parsed((one,)))
    (left,) = told.sightings
    assert [(party.address.value, party.part) for party in left.parties] == [(MAYA, "to"), (PRIYA, "to")]
    assert (left.subject, left.text, left.excerpt, left.question, left.location, left.signature) == ("",) * 6
    assert (left.attachments, left.has_html) == ((), False)
    assert (left.origin, left.at, left.message_id) == (one.origin, one.at, one.message_id)
    assert (kept.body, kept.prefix, kept.is_kept) == (b"", b"", False)


def test_what_others_wrote_to_her_and_others_stays_without_her_name() -> None:
    one = letter(
        PRIYA, ZOE, MAYA, subject="For Zoe Quill", text=f"Zoe Quill is {ZOE}.", excerpt="Zoe Quill is", signature="Z",
        question="Zoe Quill?", location="At Zoe Quill's", has_html=True, answers="zoe", references=[ZOE, "other"],
        attachments=(AttachmentNote("Zoe Quill.pdf", "application/pdf", 3), AttachmentNote("b.pdf", "b", 1)),
        bounced=(ZOE, PRIYA),
    )  # fmt: skip
    kept, told = after(piece(bytes_of(one)), Parsed((one,)))
    (left,) = told.sightings
    assert [party.address.value for party in left.parties] == [PRIYA, MAYA]
    assert (left.subject, left.text, left.excerpt) == ("For […]", "[…] is […].", "[…] is")
    assert (left.question, left.location, left.signature) == ("[…]?", "At […]'s", "Z")
    assert [note.name for note in left.attachments] == ["b.pdf"]
    assert (left.bounced, left.has_html) == ((PRIYA,), False)
    assert left.in_reply_to == one.in_reply_to
    assert left.references[1] == one.references[1]
    assert kept.is_kept
    assert "For […]" in kept.body.decode()
    assert "[…] is […]." in kept.body.decode()
    assert ZOE.encode() not in kept.body


def test_ids_that_hold_her_address_are_cut() -> None:
    one = replace(letter(PRIYA, ZOE, MAYA), message_id=ZOE, in_reply_to=ZOE, references=(ZOE, "x@y"))
    left = after(piece(bytes_of(one)), Parsed((one,)))[1].sightings[0]
    assert (left.message_id, left.in_reply_to, left.references) == ("[…]", "[…]", ("[…]", "x@y"))


def test_who_is_only_quoted_is_taken_out_of_the_words() -> None:
    one = letter(PRIYA, MAYA, text=f"As {ZOE} says.")
    kept, told = after(piece(bytes_of(one, f"As {ZOE} says.")), Parsed((one,)))
    assert told.sightings[0].text == "As […] says."
    assert [party.address.value for party in told.sightings[0].parties] == [PRIYA, MAYA]
    assert ZOE.encode() not in kept.body


def test_she_is_found_where_she_is_encoded() -> None:
    import base64

    body = (
        "Message-ID: <tea@mail.example>\nFrom: priya@solace.example\nTo: maya@fernhill.example\n"
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(ZOE.encode()).decode()
    )
    kept, _told = after(piece(body.encode()), Parsed((letter(PRIYA, MAYA),)))
    assert kept.body != body.encode()
    assert b"Words of tea." in kept.body


def test_the_line_before_a_mail_goes_and_the_mail_stays() -> None:
    one = letter(PRIYA, MAYA)
    raw = piece(bytes_of(one), prefix=f"From {ZOE} Mon".encode())
    assert after(raw, Parsed((one,))) == (replace(raw, prefix=b""), Parsed((one,)))


def test_what_could_not_be_read_and_names_her_is_left_out() -> None:
    named, unnamed = piece(f"To: {ZOE}".encode()), piece(b"To: somebody")
    for parsed in (Parsed(failure=Failure("no-date")), Parsed(skipped=Skipped("empty"))):
        assert is_left_out(named, parsed)
        assert not is_left_out(unnamed, parsed)


def card(*keys: HandleKey, note: str = "") -> Card:
    return Card("uid", "Somebody", addresses=tuple(Address(kind, value, "") for kind, value in keys), note=note)


@pytest.mark.parametrize(
    ("keys", "is_hers"),
    [
        ([("email", ZOE)], True),
        ([("phone", "+442071838750")], True),
        ([("email", "bob@moss.example"), ("phone", "+442071838750")], False),
        ([("email", "bob@moss.example"), ("email", ZOE)], True),
        ([("email", "bob@moss.example")], False),
    ],
)
def test_a_card_is_hers_by_an_address_or_a_telephone_that_is_nobody_elses(keys: list[HandleKey], is_hers: bool) -> None:
    assert is_left_out(piece(b"BEGIN:VCARD", "vcard"), Parsed(cards=(card(*keys),))) is is_hers


def test_a_card_of_somebody_else_loses_her_address_in_its_note() -> None:
    bobs = card(("email", "bob@moss.example"), note=f"Works with {ZOE}.")
    raw = piece(f"NOTE:Works with {ZOE}.".encode(), "vcard", prefix=f"X:{ZOE}".encode())
    kept, told = after(raw, Parsed(cards=(bobs,)))
    assert told.cards[0].note == "Works with […]."
    assert told.cards[0].addresses == bobs.addresses
    assert (kept.body.decode(), kept.prefix.decode(), kept.is_kept) == ("NOTE:Works with […].", "X:[…]", True)


def test_a_meeting_of_others_loses_her_and_hers_its_words() -> None:
    event = (
        f"BEGIN:VEVENT\r\nSUMMARY:Walk\r\nATTENDEE:mailto:{ZOE}\r\nATTENDEE:mailto:{PRIYA}\r\nEND:VEVENT\r\n".encode()
    )
    theirs, hers = meeting("walk", PRIYA, ZOE, MAYA, organizer=PRIYA), meeting("walk", PRIYA, ZOE, MAYA, organizer=ZOE)
    for one, words in ((theirs, "walk"), (hers, "")):
        kept, told = after(piece(event, "calendar"), Parsed((one,)))
        assert told.sightings[0].subject == words
        assert ZOE.encode() not in kept.body
        assert (b"SUMMARY:Walk" in kept.body) == bool(words)
    assert is_left_out(piece(event, "calendar"), Parsed((meeting("walk", MAYA, ZOE),)))


def test_of_several_things_in_one_file_those_of_others_stay() -> None:
    both = Parsed((meeting("hers", MAYA, ZOE), meeting("ours", MAYA, PRIYA)))
    kept, told = after(piece(f"ATTENDEE:mailto:{ZOE}\r\nUID:1\r\n".encode(), "calendar"), both)
    assert [one.subject for one in told.sightings] == ["ours"]
    assert kept.body == b"UID:1\r\n"


def test_words_that_an_erasure_took_do_not_come_in_again(now: datetime) -> None:
    """An answer to her whose subject was hers stands here without it; its next copy must not bring it back."""
    read(now, replace(letter(PRIYA, MAYA), subject="", text="Fine, […]."))
    again = letter(PRIYA, MAYA, subject="Re: her plan", text="Fine, Zoe.")
    kept, told = after(piece(bytes_of(again)), Parsed((again,)))
    assert (told.sightings[0].subject, told.sightings[0].text) == ("", "Fine, […].")
    assert b"her plan" not in kept.body
    untouched = letter(PRIYA, MAYA, subject="", text="Fine, Zoe.")
    assert after(piece(bytes_of(untouched)), Parsed((untouched,)))[1].sightings[0].text == "Fine, Zoe."


def test_what_is_read_again_is_left_out_the_same() -> None:
    one = letter(ZOE, MAYA)
    assert parsed_without_the_erased(Parsed((one,))) == Parsed(skipped=Skipped("erased"))
    other = letter(PRIYA, MAYA)
    assert parsed_without_the_erased(Parsed((other,))) == Parsed((other,))
