"""The way out: never in the clear, never twice, and every outcome told apart."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from email import message_from_string, policy
from pathlib import Path

import pytest

from rapport.kit import egress
from rapport.kit.egress import Letter, send_mail
from rapport.kit.mail_server import MailServer, Tls
from rapport.kit.trouble import Trouble

from .smtp_sink import certificate, smtp_sink

TEXT = "Hello Zoë,\n\n.a line that begins with a dot\n.\nhttps://rapport.example.com/link/abc\n"
LETTER = Letter("one", "zoe@fernhill.example", "Your\nlink, Zoë", TEXT, datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sink's certificate counts as one somebody vouches for."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate()))


@pytest.mark.parametrize("tls", ["none", "starttls", "tls"])
def test_a_mail_arrives_as_it_was_written(tls: Tls, trusted: None) -> None:
    with smtp_sink(tls) as sink:
        assert send_mail(sink.server(), LETTER).fate == "sent"
    mail = message_from_string(sink.mails[0], policy=policy.default)
    assert mail["Subject"] == "Your link, Zoë"
    assert mail["Message-ID"] == "<one@fernhill.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content() == TEXT


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_nothing_but_a_greeting_travels_in_the_clear(tls: Tls, trusted: None) -> None:
    with smtp_sink(tls) as sink:
        assert send_mail(sink.server("rapport", "secret"), LETTER).fate == "sent"
    assert [one.split()[1] for one in sink.heard if one.startswith("open")] in (["ehlo", "STARTTLS"], [])
    assert any(one.startswith("AUTH") for one in sink.heard)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_nobody_vouches_for_learns_nothing(tls: Tls) -> None:
    with smtp_sink(tls) as sink:
        outcome = send_mail(sink.server("rapport", "secret"), LETTER)
    assert outcome.fate == "not-now"
    assert "certificate" in outcome.said
    assert not [one for one in sink.heard if "AUTH" in one or "mail" in one.lower().split()]


def test_a_server_without_tls_is_not_trusted_to_have_none() -> None:
    with smtp_sink("none") as sink:
        assert send_mail(sink.server("rapport", "secret", tls="starttls"), LETTER).fate == "refused"
    assert [one.split()[1] for one in sink.heard] == ["ehlo", "QUIT"][: len(sink.heard)]


@pytest.mark.parametrize(
    ("answers", "fate"),
    [
        ({"MAIL": "451 later"}, "not-now"),
        ({"RCPT": "450 greylisted"}, "not-now"),
        ({"RCPT": "550 no such user"}, "refused"),
        ({"DATA": "452 full"}, "not-now"),
        ({"DATA": "554 no"}, "refused"),
        ({"RCPT": ""}, "not-now"),
        ({"AUTH": "535 wrong"}, "refused"),
        ({"AUTH": "454 busy"}, "not-now"),
        ({".": "250 taken"}, "sent"),
        ({".": "554 spam"}, "refused"),
        ({".": "451 perhaps"}, "refused"),
        ({".": ""}, "unknown"),
        ({"QUIT": ""}, "sent"),
    ],
)
def test_what_the_server_says_decides(answers: dict[str, str], fate: str) -> None:
    with smtp_sink() as sink:
        sink.answers = answers
        outcome = send_mail(sink.server("rapport", "secret"), LETTER)
    assert outcome.fate == fate
    assert len(sink.mails) == ("." in answers or "QUIT" in answers)


def test_where_nobody_answers_nothing_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "PATIENCE", 0.3)
    with socket.socket() as silent:
        silent.bind(("localhost", 0))
        silent.listen()
        server = MailServer("localhost", silent.getsockname()[1], "none", "rapport@fernhill.example")
        assert send_mail(server, LETTER).fate == "not-now"
    assert send_mail(server, LETTER).fate == "not-now"


@pytest.mark.parametrize(
    ("said", "tls", "port"),
    [
        ({"RAPPORT_SMTP_HOST": "mail.fernhill.example"}, "starttls", 587),
        ({"RAPPORT_SMTP_HOST": "mail.fernhill.example", "RAPPORT_SMTP_TLS": "tls"}, "tls", 465),
        ({"RAPPORT_SMTP_HOST": "mail.fernhill.example", "RAPPORT_SMTP_TLS": "none"}, "none", 25),
        ({"RAPPORT_SMTP_HOST": "localhost"}, "none", 25),
        ({"RAPPORT_SMTP_HOST": "127.0.0.1", "RAPPORT_SMTP_PORT": "1025"}, "none", 1025),
        ({"RAPPORT_SMTP_HOST": "::1", "RAPPORT_SMTP_TLS": "STARTTLS"}, "starttls", 587),
    ],
)
def test_the_usual_is_taken_where_nothing_is_said(said: dict[str, str], tls: str, port: int) -> None:
    server = MailServer.from_environment(said)
    assert server is not None
    assert (server.tls, server.port) == (tls, port)


@pytest.mark.parametrize(
    "wrong",
    [
        {"RAPPORT_SMTP_TLS": "ssl"},
        {"RAPPORT_SMTP_PORT": "smtp"},
        {"RAPPORT_SMTP_PASSWORD_FILE": "/nowhere/password"},
        {"RAPPORT_SMTP_TLS": "none", "RAPPORT_SMTP_USER": "rapport"},
    ],
)
def test_what_cannot_be_meant_stops_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(Trouble):
        MailServer.from_environment({"RAPPORT_SMTP_HOST": "mail.fernhill.example", **wrong})


def test_secrets_come_from_files_and_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    said = {"RAPPORT_SMTP_HOST": "mail.fernhill.example", "RAPPORT_SMTP_USER": "rapport",
            "RAPPORT_SMTP_PASSWORD_FILE": str(tmp_path / "password")}  # fmt: skip
    server = MailServer.from_environment(said)
    assert server is not None
    assert server.password == "secret"
    assert "secret" not in repr(server)
    assert MailServer.from_environment({}) is None
