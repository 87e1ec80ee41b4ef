"""Robots never become people; a human who writes through a list stays human."""

from __future__ import annotations

import pytest

from tests.channels.mails import HEAD, mail, seen


@pytest.mark.parametrize(
    ("headers", "sender", "rule"),
    [
        (["Auto-Submitted: auto-replied"], "", "auto-reply"),
        (["X-Autoreply: yes"], "", "auto-reply"),
        (["Precedence: auto_reply"], "", "auto-reply"),
        ([], "no-reply@shop.org", "no-reply"),
        ([], "bookings-noreply@shop.org", "no-reply"),
        ([], "nicht-antworten@bahn.de", "no-reply"),
        (["List-Unsubscribe: <http://x.org/u>"], "", "newsletter"),
        (["X-Campaign: spring"], "", "newsletter"),
        (["Precedence: bulk"], "", "newsletter"),
        (["Auto-Submitted: auto-generated"], "", "notification"),
        (["X-GitHub-Reason: mention"], "", "notification"),
        ([], "notifications@github.com", "notification"),
        (["Precedence: bulk", "List-Unsubscribe: <http://x.org/u>"], "newsletter@shop.org", "newsletter"),
        (["Auto-Submitted: auto-generated"], "offers@shop.org", "newsletter"),
        ([], "majordomo@lists.org", "list-robot"),
        ([], "rota-request@lists.org", "list-robot"),
        ([], "norah.reply@x.org", ""),
        ([], "ana.newsome@x.org", ""),
        (["Precedence: bulk", "In-Reply-To: <zero@larkwood.org>"], "", ""),
    ],
)
def test_a_robot_is_known_by_its_rule(headers: list[str], sender: str, rule: str) -> None:
    head = HEAD.replace("priya@fernhill.org>\nTo", f"{sender}>\nTo") if sender else HEAD
    assert seen(mail("Hello.", *headers, head=head)).automatic == rule


@pytest.mark.parametrize(
    "headers",
    [
        ["List-Id: Rota <rota.lists.org>", "Precedence: list", "List-Unsubscribe: <mailto:x@y.org>"],
        ["List-Post: <mailto:rota@lists.org>", "List-Unsubscribe: <http://x.org/u>"],
        ["X-list: rota", "Sender: rota-bounce@lists.org", "Precedence: bulk"],
        ["X-Mailing-List: rota@lists.org"],
        ["Mailing-List: list rota@lists.org; contact rota-owner@lists.org", "Precedence: bulk"],
        ["Sender: owner-rota@lists.org", "Precedence: bulk"],
    ],
)
def test_a_human_through_a_list_is_human_and_the_list_is_no_person(headers: list[str]) -> None:
    head = HEAD.replace("Ana <ana@larkwood.org>", "Ana <ana@larkwood.org>, rota@lists.org")
    sighting = seen(mail("Who can take Friday?", *headers, head=head))
    assert (sighting.automatic, sighting.list_address) == ("", "rota@lists.org")
    assert [(p.part, p.address.value) for p in sighting.parties][1:] == [
        ("to", "ana@larkwood.org"),
        ("list", "rota@lists.org"),
    ]


def test_who_wrote_a_mail_that_a_list_sent_on_in_its_own_name_is_found() -> None:
    head = HEAD.replace("Priya Nair <priya@fernhill.org>", "Priya via Rota <rota@lists.org>")
    more = ["List-Post: <mailto:rota@lists.org>", "Reply-To: Priya Nair <priya@fernhill.org>, rota@lists.org"]
    sighting = seen(mail("Who can take Friday?", *more, head=head))
    assert (sighting.automatic, sighting.list_address) == ("", "rota@lists.org")
    writer = sighting.parties[0]
    assert (writer.part, writer.address.value, writer.address.name) == ("from", "priya@fernhill.org", "Priya Nair")


def test_what_a_scanner_on_the_way_reports_is_no_humans_word() -> None:
    assert seen(mail("Infected.", head=HEAD.replace("Rota", "Report to Recipient(s)"))).automatic == "notification"
    assert seen(mail("I have one.", head=HEAD.replace("Rota", "Virus in the office"))).automatic == ""


def test_a_failed_delivery_is_a_bounce_and_names_who_was_not_reached() -> None:
    head = HEAD.replace("Priya Nair <priya@fernhill.org>", "MAILER-DAEMON@fernhill.org")
    body = (
        "--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; Bo@gone.org\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    sighting = seen(mail(body, "Content-Type: multipart/report; report-type=delivery-status; boundary=b", head=head))
    assert (sighting.automatic, sighting.bounced) == ("bounce", ("bo@gone.org",))


def test_a_human_who_asks_about_a_failed_delivery_is_no_bounce() -> None:
    head = HEAD.replace("Rota", "Delivery failed")
    assert seen(mail("The parcel could not be delivered. Whom do I call?", head=head)).automatic == ""
