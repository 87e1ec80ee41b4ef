"""The hostile corpora: every file ends stored, skipped or failed, within its limits, and nothing crashes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parsedate_tz
from pathlib import Path

import pytest

from rapport.channels.reading import pieces_in
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import Parsed, ReadingOptions
from rapport.channels.wording import failure_sentence, rule_sentence
from tests.channels.torture import Outcome, read_all, table_of

FOLDERS = ("mail", "bounces", "replies", "ics", "vcf", "csv", "html", "images", "tnef", "xml", "imap")
# Of these nothing is taken in when they come as files of an import: what there is to say is why.
LEFT_OUT = ("html", "images", "tnef", "xml")
OUR_FAULT = {"took-too-long", "too-much-memory", "too-deep", "reader-failed", "reader-crashed"}
OPTIONS = ReadingOptions(now=datetime(2026, 11, 20, tzinfo=UTC))
LIMIT_SECONDS = 2.0
# In the flufl corpus, but written by a human who quotes a bounce.
NOT_A_BOUNCE = {"groupwise_03.txt"}


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[Outcome]]:
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    with ParsingPool() as pool:
        pool.parse([("mail", b"", OPTIONS)])  # starting the child is not reading
        return {name: read_all(SHARED / "data/torture" / name, pool, OPTIONS) for name in FOLDERS}


def test_every_file_ends_well_within_its_limits(outcomes: dict[str, list[Outcome]]) -> None:
    print("\n" + table_of(outcomes))
    everything = [outcome for found in outcomes.values() for outcome in found]
    assert len(everything) > 1_400
    assert all(len(outcome.parsed) == len(outcome.pieces) > 0 for outcome in everything)
    assert [(one.path.name, one.reasons) for one in everything if OUR_FAULT & set(one.reasons)] == []
    assert [(one.path.name, one.slowest) for one in everything if one.slowest > LIMIT_SECONDS] == []


def test_what_is_no_channel_is_left_out_with_a_sentence(outcomes: dict[str, list[Outcome]]) -> None:
    found = [one for folder in LEFT_OUT for one in outcomes[folder]]
    assert [one.path.name for one in found if one.ended == "stored"] == []
    assert {reason for one in found for reason in one.reasons} <= {"unknown-format", "empty", "not-a-mail"}
    assert all(len(sentence) > 30 for sentence in (rule_sentence("unknown-format"), failure_sentence("not-a-mail")))


def is_valid_mail(raw: bytes) -> bool:
    """The standard library as the judge: a head with a sender's address and a date (RFC 5322, 3.6)."""
    head = message_from_bytes(raw[:200_000])
    return "@" in str(head["from"]) and parsedate_tz(str(head["date"])) is not None


def is_valid_calendar(raw: bytes) -> bool:
    """An event with a day on which it begins (RFC 5545, 3.6.1)."""
    events = raw.split(b"BEGIN:VEVENT")[1:]
    return any(re.search(rb"^DTSTART[^:\r\n]*:\d{8}", one.partition(b"END:VEVENT")[0], re.MULTILINE) for one in events)


def is_valid_card(raw: bytes) -> bool:
    """A card with a name (RFC 2426, 3.1)."""
    return raw.startswith(b"BEGIN:VCARD") and bool(re.search(rb"^F?N[;:]", raw, re.MULTILINE))


@pytest.mark.parametrize(
    ("folder", "is_valid"), [("mail", is_valid_mail), ("ics", is_valid_calendar), ("vcf", is_valid_card)]
)
def test_nearly_all_that_is_valid_is_stored(
    outcomes: dict[str, list[Outcome]], folder: str, is_valid: Callable[[bytes], bool]
) -> None:
    valid = [one for one in outcomes[folder] if is_valid(one.path.read_bytes())]
    lost = [one.path.name for one in valid if one.ended != "stored"]
    print(f"\n{folder}: {len(valid) - len(lost)} of {len(valid)} valid files stored; not: {lost}")
    assert len(valid) > 50
    assert len(lost) <= 0.03 * len(valid)


def test_bounces_are_known_and_nobody_is_made_of_them(outcomes: dict[str, list[Outcome]]) -> None:
    asked = [outcome for outcome in outcomes["bounces"] if outcome.path.name not in NOT_A_BOUNCE]
    known = [outcome for outcome in asked if all(_is_automatic(one) for one in outcome.parsed)]
    print(f"\nbounces: {len(known)} of {len(asked)} known")
    assert len(known) >= 0.98 * len(asked)


def _is_automatic(parsed: Parsed) -> bool:
    return all(one.automatic for one in parsed.sightings) and (bool(parsed.sightings) or parsed.skipped is not None)


def test_a_list_of_humans_is_read_as_humans(shared: Path) -> None:
    path = shared / "data/ties/mail_samples/linux_mips_2004H1.mbox.gz"
    pieces = list(pieces_in(path, path.name))
    assert len(pieces) == 1_422
    with ParsingPool() as pool:
        parsed = pool.parse([(piece.format, piece.body, piece.options(OPTIONS)) for piece in pieces])
    sightings = [one for answer in parsed for one in answer.sightings]
    assert len(sightings) >= 0.97 * len(pieces)
    assert sum(1 for one in sightings if one.automatic) < 15
    assert sum(1 for one in sightings if one.list_address.startswith("linux-mips@")) == len(sightings)
