"""What mime4j expects: the parts of each mail as XML, the content of each part decoded in a file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from email import policy
from email.message import EmailMessage
from email.parser import Parser
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rapport.channels.mail.encoded import decoded

from .agreement import Agreement, Case, agreement
from .mails import RECIPIENTS, Said, compared, in_order, kept, said_in, squeezed

FOLDER = "data/torture/mail/mime4j/core/src/test/resources"
OTHER_FORMS = (
    "text/richtext",
    "text/enriched",
)  # of the words beside them: mime4j says how they lie, not whose they are
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def measure(shared: Path) -> Agreement:
    """Every mail that has an expectation."""
    return agreement("mime4j", _cases(shared / FOLDER))


def _cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*_decoded.xml")):
        whole = path.with_name(path.name.replace("_decoded.xml", ".msg"))
        name = whole.relative_to(folder).with_suffix("").as_posix()
        yield from compared(name, _expected(path), said_in(whole.read_bytes()))


def _expected(path: Path) -> Said:
    message = ElementTree.fromstring(_NOT_IN_XML.sub(" ", path.read_text("utf-8", "replace")))
    head = _head(message)
    texts: list[str] = []
    html: list[str] = []
    files: list[tuple[str, str]] = []
    for part in _leaves(message):
        _sort(part, path.parent, texts, html, files, is_whole=part is message)
    date = getattr(head["date"], "datetime", None)
    return Said(
        sender=next(iter(_addresses(head, "from")), None),
        recipients=in_order(one for kind in RECIPIENTS for one in _addresses(head, kind)) or None,
        subject=squeezed(str(head["subject"])) if head["subject"] else None,
        date=date.astimezone(UTC) if date and date.tzinfo else None,
        texts=kept(texts) or None,
        html=kept(html) or None,
        files=tuple(sorted(files)),
    )


def _head(part: Element) -> EmailMessage:
    """The fields as the standard library understands them."""
    written = "".join((field.text or "").strip() + "\n" for field in part.findall("header/field"))
    return Parser(policy=policy.default).parsestr(written, headersonly=True)  # type: ignore[return-value]


def _leaves(part: Element) -> Iterator[Element]:
    """The parts that hold something; a mail within a mail is one of them, whatever it holds."""
    within = part.find("multipart")
    if within is None:
        yield part
        return
    for one in within.findall("body-part"):
        yield from _leaves(one)


def _sort(
    part: Element, folder: Path, texts: list[str], html: list[str], files: list[tuple[str, str]], is_whole: bool
) -> None:
    head = _head(part)
    enclosed = part.find("message")
    kind = "message/rfc822" if enclosed is not None else head.get_content_type()
    name = squeezed(head.get_filename() or "")
    written = part.find("text-body")
    is_words = enclosed is None and (is_whole or ((not name or not texts) and not head.is_attachment()))
    if written is not None and is_words and kind.startswith("text/") and kind not in OTHER_FORMS:
        content = (folder / written.attrib["name"]).read_bytes()
        into = html if kind == "text/html" else texts
        into.append(decoded(content, head.get_content_charset() or ""))
        return
    files.append((name or (squeezed(str(_head(enclosed)["subject"] or "")) if enclosed is not None else ""), kind))


def _addresses(head: EmailMessage, name: str) -> list[str]:
    return [
        one.addr_spec.lower() for value in head.get_all(name) or () for one in value.addresses if "@" in one.addr_spec
    ]
