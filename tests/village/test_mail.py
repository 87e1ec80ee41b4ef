"""The village's mail is real mail: any reader can read it, and its threads and dates make sense."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from email import policy
from email.parser import BytesParser

from tests.village.conftest import NOW, Mail, Raised

FREE_MAIL = {"gmail.com", "outlook.com"}


def is_returned(mail: Mail) -> bool:
    return mail.message.get_content_type() == "multipart/report"


def test_every_message_parses_without_a_defect_and_says_something(raised: Raised) -> None:
    for mail in raised.every_mail:
        assert not any(part.defects for part in mail.message.walk())
        assert mail.sender
        assert mail["Subject"]
        assert mail.words.strip()


def test_headers_keep_to_the_grammar(raised: Raised) -> None:
    """The strict reader is slow, so it reads every fifteenth."""
    for mail in raised.every_mail[::15]:
        strict = BytesParser(policy=policy.default).parsebytes(mail.raw)
        for name in ("From", "To", "Cc", "Date", "Subject", "Message-ID"):
            assert not (strict[name] is not None and strict[name].defects), (name, strict[name])


def test_a_mailbox_holds_each_message_once(raised: Raised) -> None:
    for kept in raised.mail.values():
        assert Counter(mail.id for mail in kept).most_common(1)[0][1] == 1


def test_copies_of_one_message_are_the_same_in_all_mailboxes(raised: Raised) -> None:
    raw = {mail.id: mail.raw for mail in raised.every_mail}
    kept = [mail for box in raised.mail.values() for mail in box]
    assert len(kept) > len(raw) + 300
    assert all(raw[mail.id] == mail.raw for mail in kept)


def test_an_answer_follows_what_it_answers(raised: Raised) -> None:
    by_id = {mail.id: mail for mail in raised.every_mail}
    answers = [mail for mail in raised.every_mail if mail["In-Reply-To"]]
    assert len(answers) > 1500
    for answer in answers:
        assert by_id[answer["In-Reply-To"] or ""].at < answer.at
        assert (answer["References"] or "").split()[-1] == answer["In-Reply-To"]


def test_all_was_written_in_the_four_years_before_this_day(raised: Raised) -> None:
    dawn = NOW.replace(hour=0, minute=0)
    assert all(dawn - timedelta(days=4 * 365) < mail.at < dawn for mail in raised.every_mail)


def test_nobody_writes_before_joining_nor_is_written_to(raised: Raised) -> None:
    for colleague in raised.village.colleagues:
        first = min(mail.at for mail in raised.mail[colleague.email])
        assert first > NOW - timedelta(days=colleague.joined_days_ago)


def test_there_is_as_much_mail_as_a_team_of_eight_keeps(raised: Raised) -> None:
    assert 6_000 <= sum(map(len, raised.mail.values())) <= 8_000
    assert sum(file.path.stat().st_size for file in raised.village.files) < 25_000_000


def test_addresses_lie_in_domains_set_aside_for_stories(raised: Raised) -> None:
    addresses = {a for mail in raised.every_mail for a in mail.addresses("From", "To", "Cc", "Sender")}
    elsewhere = {a for a in addresses if not a.endswith(".example")}
    assert {a.partition("@")[2] for a in elsewhere} <= FREE_MAIL
    assert 3 <= len(elsewhere) <= 12
    assert all(re.search(r"\.sample\d*@", address) for address in elsewhere)


def test_some_three_hundred_people_in_forty_places_are_met_by_mail(raised: Raised) -> None:
    addresses = {a for mail in raised.every_mail if mail.is_personal for a in mail.addresses("From", "To")}
    assert 250 <= len(addresses) <= 340
    assert 38 <= len({a.partition("@")[2] for a in addresses} - FREE_MAIL) <= 42


def test_people_write_in_many_scripts_and_charsets(raised: Raised) -> None:
    texts = " ".join(mail.words for mail in raised.every_mail)
    for script in (
        r"[\u0590-\u05ff]{3}",
        r"[\u0600-\u06ff]{3}",
        r"[\u3040-\u30ff]{3}",
        "über|für",
        "été|même",
        "¿",
        "ção|não",
    ):
        assert re.search(script, texts), script
    charsets = {part.get_content_charset() for mail in raised.every_mail for part in mail.message.walk()}
    assert {"utf-8", "iso-8859-1", "iso-2022-jp"} <= charsets


def test_robots_newsletters_lists_returned_and_absent_are_all_there(raised: Raised) -> None:
    mails = raised.every_mail
    assert sum(1 for mail in mails if mail["List-Unsubscribe"]) > 100
    assert sum(1 for mail in mails if mail["Auto-Submitted"] == "auto-generated") > 80
    assert sum(1 for mail in mails if mail["List-Post"]) > 20
    assert sum(1 for mail in mails if is_returned(mail)) >= 5
    assert sum(1 for mail in mails if mail["X-Auto-Response-Suppress"]) >= 20


def test_a_returned_mail_names_the_address_that_is_gone(raised: Raised) -> None:
    report = next(mail for mail in raised.every_mail if is_returned(mail))
    status = [part for part in report.message.walk() if part.get_content_type() == "message/delivery-status"]
    assert "Final-Recipient: rfc822; " in status[0].as_string()
    assert report["Return-Path"] == "<>"


def test_times_carry_the_zone_of_the_writer(raised: Raised) -> None:
    offsets = {mail.at.utcoffset() for mail in raised.every_mail}
    assert {timedelta(hours=hours) for hours in (0, 2, -5, 9)} <= offsets
