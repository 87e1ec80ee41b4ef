"""The bytes of others are made again without somebody: what is theirs goes, what is others' stays and can be read."""

from __future__ import annotations

import base64
from email import message_from_bytes
from email.message import Message
from email.policy import SMTPUTF8

import pytest

from rapport.interactions.erasing.redacting import (
    calendar_without,
    mail_without,
    text_without,
    words_in,
    written_by,
)
from rapport.interactions.erasing.sought import Sought, emails_in, sought_for

ZOE = sought_for(["id"], [("email", "zoe@quay.example"), ("phone", "+4420"), ("card", "urn:1")], ["Zoe Quill"])


def mail(*heads: str, text: str = "Hello.", key: str = "<1@mail.example>") -> bytes:
    return "\r\n".join((f"Message-ID: {key}", "Date: Mon, 16 Nov 2026 09:12:00 +0000", *heads, "", text)).encode()


def without(raw: bytes, title: str = "Plan", text: str = "Fine.") -> Message:
    made = mail_without(raw, ZOE, title, text)
    assert made is not None
    return message_from_bytes(made, policy=SMTPUTF8)


def test_a_mail_keeps_who_wrote_it_to_which_others_and_when() -> None:
    told = without(
        mail(
            'From: "Bob \\"B\\" Berg" <bob@moss.example>',
            "Sender: desk@moss.example",
            "To: Zoe Quill <ZOE@quay.example>, Maya <maya@fernhill.example>",
            "Cc: zoe@quay.example",
            "Bcc: ann@fernhill.example, undisclosed-recipients:;",
        )
    )
    assert told["From"] == "Bob 'B' Berg <bob@moss.example>"
    assert told["Sender"] == "desk@moss.example"
    assert told["To"] == "Maya <maya@fernhill.example>"
    assert told["Cc"] is None
    assert told["Bcc"] == "ann@fernhill.example"
    assert (told["Date"], told["Message-ID"]) == ("Mon, 16 Nov 2026 09:12:00 +0000", "<1@mail.example>")


def test_it_stays_in_its_conversation_and_on_its_list() -> None:
    told = without(
        mail(
            "From: bob@moss.example",
            "In-Reply-To: <0@mail.example>",
            "References: <zoe@quay.example>\r\n <0@mail.example>",
            "List-Id: Gardens <gardens.moss.example>",
            "List-Post: <mailto:gardens@moss.example>",
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "X-Mailer: of no use",
        )
    )
    assert told["In-Reply-To"] == "<0@mail.example>"
    assert told["References"] == "<[…]> <0@mail.example>"
    assert list(told.keys())[:6] == ["From", "Date", "Message-ID", "In-Reply-To", "References", "List-Id"]
    kept = {name: told[name] for name in ("List-Id", "List-Post", "Auto-Submitted", "Precedence", "X-Mailer")}
    assert kept == {
        "List-Id": "Gardens <gardens.moss.example>",
        "List-Post": "<mailto:gardens@moss.example>",
        "Auto-Submitted": "auto-replied",
        "Precedence": "bulk",
        "X-Mailer": None,
    }


def test_it_says_what_it_is_given_and_not_what_it_said() -> None:
    told = without(mail("From: bob@moss.example", "Subject: For Zoe", text="> Zoe wrote"), "Plän", "Fine, […].")
    assert told["Subject"] == "Plän"
    assert told.get_payload(decode=True).decode().strip() == "Fine, […]."
    assert told.get_content_charset() == "utf-8"


def test_files_that_are_no_text_stay_but_for_those_named_after_them() -> None:
    def part(name: str, kind: str) -> str:
        heads = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"'
        return f"--x\r\n{heads}\r\n\r\nbody of {name}\r\n"

    kinds = {"plan.pdf": "application/pdf", "Zoe Quill.pdf": "application/pdf", "notes.txt": "text/plain"}
    kinds |= {"forwarded.eml": "message/rfc822", "tree.png": "image/png"}
    body = (
        "--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n" + "".join(part(*one) for one in kinds.items()) + "--x--\r\n"
    )
    raw = mail("From: bob@moss.example", "Content-Type: multipart/mixed; boundary=x", text=body)
    told = without(raw)
    assert [one.get_filename() for one in told.walk() if one.get_filename()] == ["plan.pdf", "tree.png"]
    assert told.get_content_type() == "multipart/mixed"
    # The same bytes each time: they are found again by their hash.
    assert mail_without(raw, ZOE, "Plan", "Fine.") == mail_without(raw, ZOE, "Plan", "Fine.")
    assert mail_without(raw, ZOE, "Plan", "Fine.") != mail_without(raw, ZOE, "Plan", "Else.")
    assert str(told.get_boundary()).startswith("=_")
    assert len(str(told.get_boundary())) == 34


@pytest.mark.parametrize(
    "raw",
    [b"From: bob@moss.example\r\n\r\nHello", mail("From: Zoe <zoe@quay.example>"), mail("To: bob@moss.example")],
    ids=["no id", "hers", "nobody's"],
)
def test_what_could_not_be_known_again_is_not_made_again(raw: bytes) -> None:
    assert mail_without(raw, ZOE, "Plan", "Fine.") is None


EVENT = (
    b"BEGIN:VEVENT\r\nUID:two\r\nSUMMARY:With Bob and Zoe\r\n  Quill\r\n"
    b"DESCRIPTION;LANGUAGE=en:long\r\nLOCATION:Pier\r\n"
    b"COMMENT:c\r\nX-ALT-DESC:x\r\nATTACH:a\r\nCONTACT:Bob\r\nURL:u\r\nORGANIZER:mailto:bob@moss.example\r\n"
    b"ATTENDEE;CN=Zoe Quill:mailto:zoe@quay.example\r\nattendee:mailto:zoe@quay.example\r\n"
    b"ATTENDEE:mailto:maya@fernhill.example\r\nX-NOTE:of zoe@quay.example\r\nEND:VEVENT\r\n"
)


def test_an_event_of_others_loses_her_and_keeps_its_words() -> None:
    assert calendar_without(EVENT, ZOE, wrote=False).decode() == (
        "BEGIN:VEVENT\r\nUID:two\r\nSUMMARY:With Bob and […]\r\nDESCRIPTION;LANGUAGE=en:long\r\nLOCATION:Pier\r\n"
        "COMMENT:c\r\nX-ALT-DESC:x\r\nATTACH:a\r\nCONTACT:Bob\r\nURL:u\r\nORGANIZER:mailto:bob@moss.example\r\n"
        "ATTENDEE:mailto:maya@fernhill.example\r\nX-NOTE:of […]\r\nEND:VEVENT\r\n"
    )


def test_an_event_of_hers_loses_its_words_too() -> None:
    assert calendar_without(EVENT, ZOE, wrote=True).decode() == (
        "BEGIN:VEVENT\r\nUID:two\r\nORGANIZER:mailto:bob@moss.example\r\n"
        "ATTENDEE:mailto:maya@fernhill.example\r\nX-NOTE:of […]\r\nEND:VEVENT\r\n"
    )


@pytest.mark.parametrize("name", ["ATTENDEE", "ORGANIZER", "CONTACT"])
def test_a_line_of_an_event_that_is_somebody_goes_whole(name: str) -> None:
    told = calendar_without(f"{name};X=1:mailto:zoe@quay.example\r\nUID:1\r\n".encode(), ZOE, wrote=False)
    assert told == b"UID:1\r\n"


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    assert text_without(b"Zoe Quill,\xff\xfe,zoe@quay.example", ZOE) == "[…],".encode() + b"\xff\xfe," + "[…]".encode()


@pytest.mark.parametrize("name", ["From", "Sender", "Reply-To"])
def test_who_wrote_a_mail_is_told_by_its_head(name: str) -> None:
    assert written_by(mail(f"{name}: Zoe <Zoe@Quay.example>", "To: bob@moss.example"), ZOE)
    assert not written_by(mail(f"{name}: bob@moss.example", "To: zoe@quay.example"), ZOE)
    assert not written_by(mail("From: bob@moss.example", text="\r\nFrom: zoe@quay.example"), ZOE)


@pytest.mark.parametrize(
    ("encoding", "body", "told"),
    [
        ("base64", base64.b64encode("für Zoe".encode()).decode(), "für Zoe"),
        ("Quoted-Printable", "f=C3=BCr Zoe", "für Zoe"),
        ("8bit", "für Zoe", ""),
    ],
)
def test_words_that_are_encoded_are_opened(encoding: str, body: str, told: str) -> None:
    heads = ("Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {encoding}")
    assert words_in(mail(*heads, text=body)).strip() == told


def test_all_texts_of_a_mail_are_opened_and_nothing_else() -> None:
    def part(kind: str, said: str) -> str:
        in_base64 = base64.b64encode(said.encode()).decode()
        return f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{in_base64}\r\n"

    parts = ("text/plain; charset=no-such", "one"), ("text/html", "two"), ("application/pdf", "three")
    body = "".join(part(*one) for one in parts) + "--x--\r\n"
    assert words_in(mail("Content-Type: multipart/mixed; boundary=x", text=body)) == "one\ntwo"


def test_text_of_no_known_charset_is_read_as_far_as_it_can_be() -> None:
    in_base64 = base64.b64encode(b"\xff Zoe").decode()
    for charset in ("no-such", "utf-8"):
        heads = (f"Content-Type: text/plain; charset={charset}", "Content-Transfer-Encoding: base64")
        assert words_in(mail(*heads, text=in_base64)) == "\ufffd Zoe"


def test_a_subject_that_is_encoded_lets_the_text_be_read() -> None:
    assert words_in(mail("Subject: =?utf-8?q?Zoe?=", text="Hello.")) == "Hello."


def test_names_and_addresses_are_found_as_words_of_their_own() -> None:
    assert ZOE.without("zoe quill, ZOE@quay.example, +4420, Zoe Quillon, xzoe@quay.example") == (
        "[…], […], […], Zoe Quillon, xzoe@quay.example"
    )
    assert (ZOE.named_in("of Zoe Quill."), ZOE.named_in("of Zoe")) == (True, False)
    assert (ZOE.addressed_in(b"<ZOE@QUAY.EXAMPLE>"), ZOE.addressed_in(b"Zoe Quill")) == (True, False)
    assert ZOE.addresses == {"zoe@quay.example"}


def test_the_longest_is_taken_out_first_and_short_names_stay() -> None:
    told = sought_for((), [("email", "ann@x.example"), ("handle", "ann@x.example.org")], ["Bo", "Anna", ""])
    assert told.tokens == ("ann@x.example.org", "ann@x.example", "Anna")
    assert told.without("Bo and Anna: ann@x.example.org") == "Bo and […]: […]"
    assert told.addresses == {"ann@x.example", "ann@x.example.org"}
    assert told.names == ("Anna", "Bo")


def test_who_has_neither_name_nor_address_is_found_nowhere() -> None:
    nobody = sought_for((), (), ())
    assert nobody.without("anything") == "anything"
    assert not nobody.named_in("anything")
    assert not nobody.addressed_in(b"anything")


def test_whom_is_looked_for_is_kept_as_plain_values() -> None:
    assert Sought.from_json(ZOE.to_json()) == ZOE
    assert sought_for([2, 1], [("b", "2"), ("a", "1"), ("a", "1")], ["z", "a", "a"]) == Sought(
        ("1", "2"), (("a", "1"), ("b", "2")), ("a", "z")
    )


def test_addresses_are_found_in_a_text() -> None:
    text = "To Zoe@Quay.example. <bob@moss.example>, mailto:ann@fern.example?subject=x (no@, @no)"
    assert emails_in(text) == {"zoe@quay.example", "bob@moss.example", "ann@fern.example"}
