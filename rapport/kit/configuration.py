"""Every setting a person who runs Rapport may make, once: its name, what it is without being set, and what it says.

They come from the environment, and from `rapport.env` in the home for what is not set there. The tables of
docs/host/settings.md and `.env.example` are held equal to this by tests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from .trouble import Trouble

FILE = "rapport.env"
Source = Literal["environment", "file", "default"]

_LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*)")
_from_file: set[str] = set()  # names that this process took from the file


@dataclass(frozen=True, slots=True)
class Setting:
    """A name; its value where nothing is said, as Markdown; what it says; whether its value is shown to nobody."""

    name: str
    default: str
    says: str
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A setting, its value (empty where it is not set, "set" where it is secret) and where it comes from."""

    setting: Setting
    value: str
    source: Source


SECTIONS: Mapping[str, tuple[Setting, ...]] = {
    "Where it lives": (
        Setting(
            "RAPPORT_HOME",
            "`~/.local/share/rapport`",
            "The folder with everything of this installation. `make run` uses `.rapport` in the clone. "
            "Several homes can run side by side, each with its own port.",
        ),
        Setting(
            "RAPPORT_PORT",
            "`8000`",
            "The port of the web, 1 to 65535.",
        ),
        Setting(
            "RAPPORT_BIND",
            "`127.0.0.1`",
            "The address the web listens on. Change it only behind a firewall or in a container; see "
            "[security](security.md).",
        ),
        Setting(
            "RAPPORT_WEB_PROCESSES",
            "1 or 2",
            "How many processes answer, each with eight threads, 1 to 5. Without it one for each processor, two at "
            "most: the database wants processors too. One more takes some 40 MB.",
        ),
        Setting(
            "DATABASE_URL",
            "none",
            "`postgresql://user:password@host:port/database` of a PostgreSQL 15 or later, better 18, "
            "which plans large homes rightly. Without it the embedded one is used. What it must be able to grant: "
            "[security](security.md#what-database_url-must-be-able-to-grant).",
            is_secret=True,
        ),
    ),
    "Behind a web server with TLS": (
        Setting(
            "RAPPORT_HOSTS",
            "none",
            "The names by which it is reached, separated by commas: `rapport.example.com`. `localhost` always works.",
        ),
        Setting(
            "RAPPORT_BEHIND_TLS",
            "`no`",
            "Say `yes` when a web server in front speaks TLS and sets `X-Forwarded-Proto` and "
            "`X-Forwarded-For`. Cookies are then sent over TLS only, and browsers are told to use nothing "
            "else for a year.",
        ),
    ),
    "How often, and for how long": (
        Setting(
            "RAPPORT_CONFIRM_MINUTES",
            "`15`",
            "For how long after signing in, or after showing it again, nobody is asked once more who they "
            "are before something [dangerous](security.md#who-gets-in).",
        ),
        Setting(
            "RAPPORT_API_PER_MINUTE",
            "`300`",
            "How many requests a minute one key, or one session, may make of the API; more are answered "
            "`429` with `Retry-After`. `0` sets no limit. Counted in the memory of the web, so a restart "
            "forgets.",
        ),
    ),
    "Mail that Rapport sends": (
        Setting(
            "RAPPORT_SMTP_HOST",
            "none",
            "The mail server.",
        ),
        Setting(
            "RAPPORT_SMTP_TLS",
            "`starttls`, on this machine `none`",
            "How nobody listens: `starttls` begins in the clear and changes before anything is said, "
            "`tls` speaks TLS from the first byte, `none` stays in the clear, and so do the links in the "
            "mails. The server's certificate must be one this machine trusts, for the name given as the "
            "host; `SSL_CERT_FILE` names others to trust.",
        ),
        Setting(
            "RAPPORT_SMTP_PORT",
            "`587`, `465` or `25`",
            "Its port; by default that of `starttls`, `tls`, `none`.",
        ),
        Setting(
            "RAPPORT_SMTP_USER",
            "none",
            "Whom to sign in as there. Never without TLS, but on this machine.",
        ),
        Setting(
            "RAPPORT_SMTP_USER_FILE",
            "none",
            "A file with that name instead.",
        ),
        Setting(
            "RAPPORT_SMTP_PASSWORD",
            "none",
            "The password.",
            is_secret=True,
        ),
        Setting(
            "RAPPORT_SMTP_PASSWORD_FILE",
            "none",
            "A file with the password instead: what stands in the environment, others on this machine may "
            "come to read.",
        ),
        Setting(
            "RAPPORT_MAIL_FROM",
            "`rapport@localhost`",
            "The sender: `rapport@example.com`, or `Rapport <rapport@example.com>`.",
        ),
    ),
    "Others": (
        Setting(
            "RAPPORT_SECRET_KEY_FILE",
            "none",
            "A file with at least 32 characters that signs sessions. Without it one is drawn into "
            "`keys/secret-key` in the home.",
        ),
        Setting(
            "RAPPORT_SAMPLE",
            "`yes`",
            "`no` raises no sample village, like `rapport up --no-sample`.",
        ),
        Setting(
            "RAPPORT_UPLOAD_GB",
            "`20`",
            "How much may be sent at once, in gigabytes. Two gigabytes of the disk always stay free.",
        ),
        Setting(
            "RAPPORT_LOG",
            "`WARNING`",
            "How much is logged: `DEBUG`, `INFO`, `WARNING`, `ERROR`.",
        ),
    ),
}
SETTINGS: Mapping[str, Setting] = {one.name: one for some in SECTIONS.values() for one in some}


def load(environment: MutableMapping[str, str], home: Path) -> None:
    """Take from the home's file what the environment does not say. Trouble where a line is no setting."""
    for name, value in read(home / FILE).items():
        if name not in environment:
            environment[name] = value
            _from_file.add(name)


def read(file: Path) -> dict[str, str]:
    """The settings in a file: a `NAME=value` on each line, `#` before a remark; nothing where there is no file."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise Trouble(
            f"{file} cannot be read. It has to be a text file of {file.parent}’s owner.", "bad-settings"
        ) from None
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        said = _LINE.fullmatch(line.strip())
        if said is None:
            raise Trouble(f"{file}, line {number}: write NAME=value, or # before a remark.", "bad-settings")
        name, value = said[1], said[2].strip()
        if name not in SETTINGS or name == "RAPPORT_HOME":
            raise Trouble(f"{file}, line {number}: {_no_setting(name)}", "bad-settings")
        found[name] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return found


def told(environment: Mapping[str, str]) -> list[Told]:
    """Every setting, in the order of the documentation, with where its value comes from."""
    return [_told(one, environment) for one in SETTINGS.values()]


def unknown(environment: Mapping[str, str], ours: frozenset[str]) -> list[str]:
    """A sentence for each name in the environment that looks like a setting and is none; `ours` are not said aloud."""
    names = (name for name in environment if name.startswith("RAPPORT_") and name not in SETTINGS and name not in ours)
    return [_no_setting(name) for name in sorted(names)]


def example() -> str:
    """All settings as a file to begin from: each explained, none set."""
    lines = [
        "# Settings of Rapport. Copy this to rapport.env in its home, or to .env beside compose.yaml, and take the #",
        "# away before what you set. Made by: rapport config --example",
    ]
    for title, settings in SECTIONS.items():
        lines += ["", f"## {title}"]
        for one in settings:
            lines += ["", *_remark(plain(one.says)), f"#{one.name}={_default(one)}"]
    return "\n".join(lines) + "\n"


def plain(markdown: str) -> str:
    """Markdown as words; where it links to another page, that page is named."""
    return re.sub(r"\[([^]]*)\]\(([^)#]*)[^)]*\)", r"\1 (docs/host/\2)", markdown).replace("`", "")


def _told(setting: Setting, environment: Mapping[str, str]) -> Told:
    if setting.name not in environment:
        return Told(setting, _default(setting), "default")
    value = environment[setting.name]
    source: Source = "file" if setting.name in _from_file else "environment"
    return Told(setting, "set" if setting.is_secret and value else value, source)


def _default(setting: Setting) -> str:
    """What it is without being set; empty where that is nothing, or depends on others."""
    said = setting.default
    return "" if said == "none" or "," in said or " or " in said else plain(said)


def _no_setting(name: str) -> str:
    near = get_close_matches(name, SETTINGS, 1)
    return f"{name} is no setting of Rapport{f'; do you mean {near[0]}?' if near else '.'}"


def _remark(text: str) -> list[str]:
    lines = ["#"]
    for word in text.split():
        if len(lines[-1]) + len(word) > 96:
            lines.append("#")
        lines[-1] += f" {word}"
    return lines
