"""What stalwart's mail-parser expects: its parse as JSON beside each mail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rapport.channels.mail.addresses import email_of

from .agreement import Agreement, Case, agreement
from .mails import RECIPIENTS, Said, compared, in_order, kept, said_in, squeezed

FOLDER = "data/torture/mail/stalwart-mail-parser/eml"


def measure(shared: Path) -> Agreement:
    """Every mail that has an expectation."""
    return agreement("stalwart", _cases(shared / FOLDER))


def _cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*.json")):
        raw = path.with_suffix(".eml").read_bytes()
        name = path.relative_to(folder).with_suffix("").as_posix()
        yield from compared(name, _expected(json.loads(path.read_text())), said_in(raw))


def _expected(parsed: dict[str, Any]) -> Said:
    parts = parsed["parts"]
    headers = [(one["name"], one["value"]) for one in parts[0]["headers"] if isinstance(one["name"], str)]
    texts, html, files = _kinds_of(parsed)
    senders = [address for name, value in headers if name == "from" for address in _addresses(value)]
    recipients = in_order(
        one for kind in RECIPIENTS for name, value in headers if name == kind for one in _addresses(value)
    )
    subjects = [value["Text"] for name, value in headers if name == "subject" and "Text" in value]
    return Said(
        sender=senders[0] if senders else None,
        recipients=recipients or None,
        subject=squeezed(subjects[0]) if subjects else None,
        date=next(iter(_dates(headers)), None),
        texts=kept(parts[one]["body"]["Text"] for one in texts) or None,
        html=kept(parts[one]["body"]["Html"] for one in html) or None,
        files=tuple(sorted(_file(parts[one]) for one in files)),
    )


def _kinds_of(parsed: dict[str, Any]) -> tuple[list[int], list[int], list[int]]:
    """Words, formatted words, files. There, pictures stand among the bodies, and nameless words among the files."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    for one in sorted({*parsed["text_body"], *parsed["html_body"], *parsed["attachments"]}):
        part = parsed["parts"][one]
        is_words = one not in parsed["attachments"] or (_file(part)[0] == "" and "content_disposition" not in str(part))
        found[0 if is_words and "Text" in part["body"] else 1 if is_words and "Html" in part["body"] else 2].append(one)
    return found


def _addresses(value: Any) -> list[str]:
    given = value.get("Address", {}) if isinstance(value, dict) else {}
    people = [*given.get("List", [])]
    for group in given.get("Group", []):
        people += group["addresses"]
    return [found for one in people if (found := email_of(one.get("address") or ""))]


def _dates(headers: list[tuple[str, Any]]) -> Iterator[datetime]:
    for name, value in headers:
        if name == "date" and "DateTime" in value:
            at = value["DateTime"]
            offset = timedelta(hours=at["tz_hour"], minutes=at["tz_minute"])
            local = datetime(*(at[one] for one in ("year", "month", "day", "hour", "minute", "second")), tzinfo=UTC)
            yield local + offset if at["tz_before_gmt"] else local - offset


def _file(part: dict[str, Any]) -> tuple[str, str]:
    headers = {one["name"]: one["value"] for one in part["headers"] if isinstance(one["name"], str)}
    kind = headers.get("content_type", {}).get("ContentType", {"c_type": "text", "c_subtype": "plain"})
    shown = headers.get("content_disposition", {}).get("ContentType", {})
    name = _named(shown, "filename") or _named(kind, "name")
    if not name and isinstance(part["body"], dict) and "Message" in part["body"]:
        name = _subject(part["body"]["Message"])
    if isinstance(part["body"], dict) and "Message" in part["body"]:
        return squeezed(name), "message/rfc822"  # also in a digest, which does not say so
    return squeezed(name), f"{kind['c_type']}/{kind.get('c_subtype') or ''}".lower()


def _named(given: dict[str, Any], name: str) -> str:
    return next((one["value"] for one in given.get("attributes") or [] if one["name"] == name), "")


def _subject(message: dict[str, Any]) -> str:
    for one in message["parts"][0]["headers"]:
        if one["name"] == "subject":
            return str(one["value"].get("Text", ""))
    return ""
