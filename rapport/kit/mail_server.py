"""The mail server through which Rapport sends, as the person who runs it names it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, get_args

from .trouble import Trouble

Tls = Literal["starttls", "tls", "none"]
USUAL_PORTS: Mapping[str, int] = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, how, and from whom it comes."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> MailServer | None:
        """The server RAPPORT_SMTP_HOST and its neighbours describe; None where none is named."""
        host = environment.get("RAPPORT_SMTP_HOST", "").strip()
        if not host:
            return None
        tls = _tls(environment.get("RAPPORT_SMTP_TLS", "").strip().lower() or ("none" if is_here(host) else "starttls"))
        user = _told(environment, "RAPPORT_SMTP_USER", "RAPPORT_SMTP_USER_FILE")
        if user and tls == "none" and not is_here(host):
            raise Trouble(
                "RAPPORT_SMTP_TLS is none, and the password for RAPPORT_SMTP_USER would travel as written. "
                "Choose starttls or tls, or leave the user out.",
                code="password-in-the-clear",
            )
        return cls(
            host=host,
            port=_port(environment.get("RAPPORT_SMTP_PORT", "").strip() or str(USUAL_PORTS[tls])),
            tls=tls,
            sender=environment.get("RAPPORT_MAIL_FROM", "").strip() or "rapport@localhost",
            user=user,
            password=_told(environment, "RAPPORT_SMTP_PASSWORD", "RAPPORT_SMTP_PASSWORD_FILE"),
        )


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _tls(said: str) -> Tls:
    for one in get_args(Tls):
        if one == said:
            return one  # type: ignore[no-any-return]
    raise Trouble(f"RAPPORT_SMTP_TLS is {said!r}. Choose starttls, tls or none.", code="bad-tls")


def _port(said: str) -> int:
    if said.isdecimal() and 0 < int(said) < 65536:
        return int(said)
    raise Trouble(f"RAPPORT_SMTP_PORT is {said!r}. Choose a number between 1 and 65535.", code="bad-port")


def _told(environment: Mapping[str, str], name: str, name_of_file: str) -> str:
    """A secret as it was said, or what stands in the file that was named for it."""
    path = environment.get(name_of_file, "")
    if not path:
        return environment.get(name, "")
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as fault:
        raise Trouble(f"{name_of_file} names {path}, which cannot be read ({fault.strerror}).") from fault
