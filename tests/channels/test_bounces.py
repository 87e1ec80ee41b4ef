"""A bounce names the addresses that are gone: not those that were late or full, nor others it mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.channels.mail.parsing import parse_message

from .mails import HEAD, mail, seen

POSTMAN = HEAD.replace("Priya Nair <priya@fernhill.org>", "MAILER-DAEMON@fernhill.org").replace("Rota", "Undeliverable")
REPORT = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"


def report(*lines: str) -> bytes:
    told = "\n".join(["Reporting-MTA: dns; x", "", *lines])
    body = f"--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n{told}\n\n--b--\n"
    return mail(body, REPORT, head=POSTMAN)


@pytest.mark.parametrize(
    ("status", "action", "is_gone"),
    [
        ("5.1.1", "failed", True),
        ("5.0.0", "failed", True),
        ("5.4.4", "failed", True),
        ("4.4.7", "failed", False),
        ("4.4.1", "delayed", False),
        ("5.1.1", "delayed", False),
        ("2.0.0", "delivered", False),
        ("5.2.2", "failed", False),  # the box is full
        ("5.3.4", "failed", False),  # the mail was too large
        ("5.7.1", "failed", False),  # this mail was not wanted
    ],
)
def test_a_report_says_whether_it_is_for_good(status: str, action: str, is_gone: bool) -> None:
    sighting = seen(report("Final-Recipient: rfc822; bo@gone.org", f"Action: {action}", f"Status: {status}"))
    assert (sighting.automatic, sighting.bounced) == ("bounce", ("bo@gone.org",) if is_gone else ())


def test_of_several_recipients_each_has_its_own_status() -> None:
    lines = ("Final-Recipient: rfc822; bo@gone.org", "Action: failed", "Status: 5.1.1", "",
             "Final-Recipient: rfc822; cy@late.org", "Action: delayed", "Status: 4.4.1")  # fmt: skip
    assert seen(report(*lines)).bounced == ("bo@gone.org",)


def test_a_vague_status_is_explained_by_its_diagnosis() -> None:
    lines = ("Final-Recipient: rfc822; bo@x.org", "Action: failed", "Status: 5.0.0",
             "Diagnostic-Code: smtp; 550 5.7.1 Our system has detected")  # fmt: skip
    assert seen(report(*lines)).bounced == ()


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("<bo@gone.org>:\n550 5.1.1 User unknown\n", ("bo@gone.org",)),
        ("<bo@full.org>:\nmailbox is full, over quota, user unknown here\n", ()),
        ("Warning: could not deliver to bo@late.org, will keep trying for 4 days. No such user yet.\n", ()),
        ("Your message\n To: ana@x.org\n did not reach\nbo@gone.org\n Unknown recipient\n", ("bo@gone.org",)),
    ],
)
def test_where_there_is_no_report_its_words_say_so(words: str, gone: tuple[str, ...]) -> None:
    sighting = seen(mail(words, head=POSTMAN))
    assert (sighting.automatic, sighting.bounced) == ("bounce", gone)


def test_real_bounces(shared: Path) -> None:
    """By hand: what the mail systems of twenty years said, and for good."""
    folder = shared / "data/torture/bounces/flufl-bounce"
    found = {
        path.name: one.bounced
        for path in sorted(folder.glob("*.txt"))
        for one in parse_message(path.read_bytes()).sightings
    }
    passing = ["dsn_02.txt", "dsn_03.txt", "dsn_05.txt", "dsn_06.txt", "dsn_17.txt", "yahoo_01.txt"]
    assert [found[name] for name in passing] == [()] * len(passing)
    for name in ("dsn_11.txt", "dsn_12.txt", "exim_01.txt", "groupwise_02.txt", "microsoft_01.txt", "postfix_01.txt"):
        assert found[name], name
    assert found["groupwise_02.txt"] == ("userx@example.com",)
    assert found["microsoft_01.txt"] == ("userx@example.com",)
    assert sum(map(bool, found.values())) >= 24
