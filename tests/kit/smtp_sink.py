"""A mail server that keeps what it is given, and can be told to misbehave at any step."""

from __future__ import annotations

import atexit
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import rmtree
from socketserver import StreamRequestHandler, ThreadingTCPServer
from tempfile import mkdtemp
from threading import Thread

from rapport.kit.mail_server import MailServer, Tls


@cache
def certificate() -> Path:
    """A certificate of localhost for which nobody vouches, with its key; made for this run."""
    folder = Path(mkdtemp(prefix="rapport-certificate-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    key, made, both = folder / "key", folder / "made", folder / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


@dataclass
class Sink:
    """What it heard, and what it answers: `answers` by the first word of a command, "." for the mail itself; an
    empty answer hangs up."""

    port: int = 0
    heard: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    tls: Tls = "none"

    def server(self, user: str = "", password: str = "", tls: Tls | None = None) -> MailServer:
        """How it is reached."""
        return MailServer("localhost", self.port, tls or self.tls, "Rapport <rapport@fernhill.example>", user, password)


@contextmanager
def smtp_sink(tls: Tls = "none") -> Iterator[Sink]:
    """A sink that listens."""
    sink = Sink(tls=tls)
    Handler = type("Handler", (_Talk,), {"sink": sink})
    with ThreadingTCPServer(("localhost", 0), Handler) as listening:
        listening.daemon_threads = True
        sink.port = listening.server_address[1]
        Thread(target=listening.serve_forever, daemon=True).start()
        yield sink
        listening.shutdown()


class _Talk(StreamRequestHandler):
    sink: Sink
    is_safe = False

    def handle(self) -> None:
        """One connection."""
        try:
            if self.sink.tls == "tls":
                self._wrap()
            self._say("220 localhost")
            while (line := self.rfile.readline()) and self._answer(line.decode().strip()):
                pass
        except (ssl.SSLError, ConnectionError):
            return

    def _answer(self, line: str) -> bool:
        word = line.split(" ")[0].upper()
        self.sink.heard.append(f"{'' if self.is_safe else 'open '}{line}")
        usual = {
            "EHLO": self._extensions(),
            "DATA": "354 go on",
            "QUIT": "221 bye",
            "STARTTLS": "220 go on",
            "AUTH": "235 welcome",
        }
        answer = self.sink.answers.get(word, usual.get(word, "250 fine"))
        if answer:
            self._say(answer)
        if word == "STARTTLS":
            self._wrap()
        if word == "DATA" and answer.startswith("354"):
            return self._take_in()
        return bool(answer) and word != "QUIT"

    def _extensions(self) -> str:
        offers = ["STARTTLS"] if self.sink.tls == "starttls" and not self.is_safe else []
        return "\r\n".join([*(f"250-{one}" for one in ("localhost", *offers)), "250 AUTH PLAIN"])

    def _take_in(self) -> bool:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line[1:] if line.startswith(".") else line)
        answer = self.sink.answers.get(".", "250 taken")
        self.sink.mails.append("\n".join([*lines, ""]))
        if answer:
            self._say(answer)
        return bool(answer)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _wrap(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate())
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.setup_files()
        self.is_safe = True

    def setup_files(self) -> None:
        """Read and write through what was wrapped."""
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
