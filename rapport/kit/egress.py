"""The one way out of this machine. Today that is mail, handed to the server its host has named, and at most once."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Literal

from .failpoints import failpoint
from .mail_server import MailServer

PATIENCE = 15.0  # seconds for each answer of the server
GO_AHEAD, TAKEN = 354, 250
MOST_SAID = 300

Fate = Literal["sent", "not-now", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person. The same `name` makes it the same mail for every server it comes through."""

    name: str
    to: str
    subject: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail. `not-now`: nothing has left, and trying again can help. `unknown`: it may have left."""

    fate: Fate
    said: str = ""


def send_mail(server: MailServer, letter: Letter) -> Outcome:
    """Hand a mail to the server. What the world does is an outcome, never an exception."""
    try:
        content = _bytes_of(server, letter)
        with _connected(server) as smtp:
            _announce(smtp, parseaddr(server.sender)[1], letter.to)
            return _hand_over(smtp, content)
    except smtplib.SMTPResponseException as answer:
        return _no(answer.smtp_code, answer.smtp_error)
    except smtplib.SMTPNotSupportedError:
        return Outcome("refused", f"{server.host} offers no STARTTLS, or no way to sign in.")
    except OSError as fault:  # until DATA nothing has left
        return Outcome("not-now", f"{type(fault).__name__}: {fault}"[:MOST_SAID])
    except ValueError:
        return Outcome("refused", "This address cannot be written in a mail.")


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection on which nobody listens, to a server that showed who it is, and that knows us."""
    context = ssl.create_default_context()
    smtp = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        if server.tls == "tls"
        else smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    )
    try:
        if server.tls == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
        with suppress(OSError):
            smtp.quit()
    finally:
        smtp.close()


def _announce(smtp: smtplib.SMTP, sender: str, to: str) -> None:
    """From whom and to whom, up to the server's word that the mail may come."""
    smtp.ehlo_or_helo_if_needed()
    _expect(TAKEN, smtp.mail(sender))
    _expect(TAKEN, smtp.rcpt(to))
    _expect(GO_AHEAD, smtp.docmd("DATA"))


def _expect(code: int, answer: tuple[int, bytes]) -> None:
    if answer[0] // 10 != code // 10:  # 251: it will be forwarded
        raise smtplib.SMTPResponseException(*answer)


def _hand_over(smtp: smtplib.SMTP, content: bytes) -> Outcome:
    """The mail itself. From here on a silence leaves it open whether it was taken."""
    failpoint("mail.before_data")
    try:
        smtp.send(content)
        failpoint("mail.after_data")
        code, said = smtp.getreply()
    except OSError as fault:
        return Outcome("unknown", type(fault).__name__)
    if code < 0:
        return Outcome("unknown", _words(code, said))
    return Outcome("sent") if code == TAKEN else Outcome("refused", _words(code, said))


def _no(code: int, said: bytes | str) -> Outcome:
    return Outcome("not-now" if 400 <= code < 500 or code < 0 else "refused", _words(code, said))


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())[:MOST_SAID]


def _bytes_of(server: MailServer, letter: Letter) -> bytes:
    """As it travels: lines end as SMTP wants, and none looks like the end of the mail."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = server.sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.name}@{parseaddr(server.sender)[1].rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    lines = message.as_bytes().split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b".\r\n"
