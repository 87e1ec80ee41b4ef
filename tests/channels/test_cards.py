"""vCards of every age and make become people, and nothing on them is lost."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from rapport.channels.cards.birthdays import birthday_of
from rapport.channels.cards.slices import split_cards
from rapport.channels.cards.vcf import parse_card
from rapport.channels.sightings import Address, Card, PartialDate, ReadingOptions

LARGE = 1 << 20


def card(*lines: str, encoding: str = "utf-8") -> Card:
    raw = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]).encode(encoding)
    (found,) = parse_card(raw, ReadingOptions(time_zone="Europe/London")).cards
    return found


def test_a_card_says_who_and_how_to_reach_them() -> None:
    found = card(
        "VERSION:3.0",
        "N:Nair;Priya;;;",
        "FN:Priya Nair",
        "ORG:Fernhill;Care",
        "TITLE:Head of Care",
        "item1.EMAIL;TYPE=WORK:Priya@Fernhill.org",
        "TEL;TYPE=CELL:020 7946 0123",
        "IMPP;X-SERVICE-TYPE=Jabber:xmpp:priya@chat.org",
        "BDAY:--0412",
        "CATEGORIES:care,board\\, advisory",
        "X-SHOE-SIZE:38",
        "UID:u1",
    )
    assert (found.name, found.given, found.family) == ("Priya Nair", "Priya", "Nair")
    assert (found.organization, found.title, found.uid) == ("Fernhill", "Head of Care", "u1")
    assert found.addresses == (
        Address("email", "priya@fernhill.org"),
        Address("phone", "+442079460123"),
        Address("handle", "xmpp:priya@chat.org"),
    )
    assert found.birthday == PartialDate(4, 12)
    assert found.tags == ("care", "board, advisory")
    assert found.extra == (("X-SHOE-SIZE", "38"),)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("20260704T091800Z", datetime(2026, 7, 4, 9, 18, tzinfo=UTC)),
        ("2026-07-04T09:18:00+02:00", datetime(2026, 7, 4, 7, 18, tzinfo=UTC)),
        ("2026-07-04", datetime(2026, 7, 4, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_when_somebody_saw_to_it_is_read(written: str, at: datetime | None) -> None:
    assert card("VERSION:3.0", "FN:Priya", f"REV:{written}").revised == at


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_names_are_kept_in_any_script_and_encoding(encoding: str) -> None:
    assert card("VERSION:3.0", "FN:최유림 Łukasz", encoding=encoding).name == "최유림 Łukasz"


def test_quoted_printable_of_the_old_days_is_read() -> None:
    found = card(
        "VERSION:2.1",
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
        "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=",
        "two",
        "TEL;HOME;VOICE:+49 30 901820",
    )
    assert found.name == "Jörg Müller"
    assert found.note.split() == ["one", "two"]
    assert found.addresses == (Address("phone", "+4930901820"),)


def test_folded_lines_are_joined() -> None:
    assert card("VERSION:4.0", "FN:Priya", " Nair", "NOTE:a\\nb").name == "PriyaNair"


def test_a_file_is_cut_into_its_cards_and_an_agent_stays_within() -> None:
    one = b"BEGIN:VCARD\nFN:A\nEND:VCARD\n"
    nested = b"BEGIN:VCARD\nFN:B\nAGENT:\nBEGIN:VCARD\nFN:C\nEND:VCARD\nEND:VCARD\n"
    slices = list(split_cards(io.BytesIO(one + nested + b"\n" + one), LARGE))
    assert b"".join(slices) == one + nested + b"\n" + one
    assert [parse_card(part).cards[0].name for part in slices] == ["A", "B", "A"]


@pytest.mark.parametrize(
    ("lines", "rule"), [("KIND:group\nFN:Board", "card-of-a-group"), ("VERSION:3.0\nNOTE:x", "nobody-on-it")]
)
def test_a_card_of_nobody_is_skipped(lines: str, rule: str) -> None:
    skipped = parse_card(f"BEGIN:VCARD\n{lines}\nEND:VCARD\n".encode()).skipped
    assert skipped is not None
    assert skipped.rule == rule


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1985-04-12", PartialDate(4, 12, 1985)),
        ("19850412T000000Z", PartialDate(4, 12, 1985)),
        ("--04-12", PartialDate(4, 12)),
        ("12.4.1985", PartialDate(4, 12, 1985)),
        ("4/13/1985", PartialDate(4, 13, 1985)),
        ("4/12/1985", None),
        ("12 April 1985", PartialDate(4, 12, 1985)),
        ("12. April", PartialDate(4, 12)),
        ("1985 Apr 12", PartialDate(4, 12, 1985)),
        ("1604-04-12", PartialDate(4, 12)),
        ("29.2.", PartialDate(2, 29)),
        ("2023-02-29", None),
        ("spring", None),
    ],
)
def test_a_birthday_may_leave_out_its_year(written: str, found: PartialDate | None) -> None:
    assert birthday_of(written) == found


@pytest.mark.parametrize(
    ("zone", "found"),
    [
        ("America/New_York", PartialDate(4, 12, 1985)),
        ("Europe/Berlin", PartialDate(12, 4, 1985)),
        ("America/Toronto", None),
        ("UTC", None),
    ],
)
def test_a_day_that_may_be_two_is_read_as_it_is_written_where_they_live(zone: str, found: PartialDate | None) -> None:
    raw = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nBDAY:4/12/1985\nEND:VCARD\n"
    (ana,) = parse_card(raw, ReadingOptions(time_zone=zone)).cards
    assert (ana.birthday, ana.unread) == (found, () if found else ("Birthday",))


def test_nobody_is_born_tomorrow() -> None:
    raw = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nBDAY:2026-11-29\nEND:VCARD\n"
    late_in_london = datetime(2026, 11, 28, 23, tzinfo=UTC)
    (ana,) = parse_card(raw, ReadingOptions(now=late_in_london, time_zone="Europe/London")).cards
    assert (ana.birthday, ana.unread) == (None, ("Birthday",))
    (there,) = parse_card(raw, ReadingOptions(now=late_in_london, time_zone="Asia/Tokyo")).cards
    assert there.birthday == PartialDate(11, 29, 2026)


def test_a_line_that_means_something_and_could_not_be_read_is_named() -> None:
    found = card("FN:Ana", "EMAIL:not-an-address", "EMAIL:ana@x.org", "TEL:none", "BDAY:99/99/9999", "X-SHOE-SIZE:38")
    assert found.unread == ("Email", "Phone", "Birthday")
