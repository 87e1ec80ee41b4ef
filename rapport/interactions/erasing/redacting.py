"""The bytes of what others took part in, made again without somebody. Pure.

Of a mail its sender, its other recipients, its date and its writer's own words stay, and files that are no text; what
was quoted goes, because it may be theirs. Of a calendar entry the lines that name them go.
"""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses
from hashlib import sha256

from rapport.channels.calendar.slices import calendar_text

from ..parts import BEGINS
from .mailboxes import FOLD, mailboxes_of, plain
from .sought import Sought

_KEPT = ("Date", "Message-ID", "In-Reply-To", "References", "List-Id", "List-Post", "Auto-Submitted", "Precedence")
_PARTIES = ("From", "Sender", "To", "Cc", "Bcc")
_WORDS = frozenset(("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "X-ALT-DESC", "ATTACH", "CONTACT", "URL"))
_OF_SOMEBODY = frozenset(("ATTENDEE", "ORGANIZER", "CONTACT"))


def mail_without(raw: bytes, sought: Sought, title: str, text: str) -> bytes | None:
    """A mail of somebody else with this title and these words; None where it could not be known again by its bytes."""
    before = BytesParser(policy=policy.compat32).parsebytes(raw)
    if not before.get("Message-ID") or not _others_of(before, "From", sought):
        return None
    made = EmailMessage(policy=policy.SMTP.clone(max_line_length=None, utf8=True, cte_type="8bit"))
    try:
        for name in _PARTIES:
            if others := _others_of(before, name, sought):
                made[name] = ", ".join(others)
        for name in _KEPT:
            for value in before.get_all(name, []):
                made[name] = sought.without(" ".join(str(value).split()))
        made["Subject"] = title
        # As it is: to choose an encoding Python 3.11 compares with the longest line, which there is none of here.
        made.set_content(text, charset="utf-8", cte="8bit")
        if files := _files_of(before, sought):
            made.make_mixed()  # once: of a mixed one it makes none again
            for part in files:
                made.attach(part)  # type: ignore[arg-type]
            # always the same one: the same bytes are the same original
            made.set_boundary(f"=_{sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}")
        return made.as_bytes()
    except (ValueError, TypeError, LookupError, AttributeError, IndexError):  # a head its library cannot write again
        return None


def calendar_without(raw: bytes, sought: Sought, wrote: bool) -> bytes:
    """A calendar entry without them; without its words, where it was theirs."""
    lines = FOLD.sub("", calendar_text(raw)).splitlines()
    kept = []
    for line in lines:
        name = re.split("[;:]", line, maxsplit=1)[0].strip().upper()
        if name in _OF_SOMEBODY and sought.named_in(line):
            continue
        if wrote and name in _WORDS:
            continue
        kept.append(sought.without(line))
    return ("\r\n".join(kept) + "\r\n").encode()


def text_without(raw: bytes, sought: Sought) -> bytes:
    """A card or a row of a table of somebody else, without their addresses and names."""
    return sought.without(raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def written_by(raw: bytes, sought: Sought) -> bool:
    """Whether the head of a mail names them as who wrote it, or as whom alone an answer reaches: at an address that
    others share it reaches these, too."""
    boxes = mailboxes_of(raw, "mail")
    return any(
        sought.is_theirs(one.called, one.address) if one.part in BEGINS else one.address in sought.addresses
        for one in boxes
        if one.part in ("", *BEGINS)
    )


def words_in(raw: bytes) -> str:
    """All text of a mail, as far as it can be decoded: an address in it may be encoded."""
    if b"base64" not in raw and b"quoted-printable" not in raw.lower() and b"=?" not in raw:
        return ""
    mail = BytesParser(policy=policy.compat32).parsebytes(raw)
    return "\n".join(_text_of(part) for part in mail.walk() if part.get_content_maintype() == "text")


def _others_of(mail: Message, name: str, sought: Sought) -> list[str]:
    """The other mailboxes of a header, as they were written as far as that can be told."""
    found = getaddresses([str(value) for value in mail.get_all(name, [])])
    return [
        f'"{_quoted(sought.without(called))}" <{address}>' if called else address
        for called, address in found
        if "@" in address and not sought.is_theirs(plain(called), address)
    ]


def _quoted(called: str) -> str:
    return " ".join(called.replace("\\", "").replace('"', "'").split())


def _files_of(mail: Message, sought: Sought) -> list[Message]:
    """What was attached and is no text: a picture, a document."""
    return [
        part
        for part in mail.walk()
        if not part.is_multipart()
        and part.get_content_maintype() not in ("text", "message", "multipart")
        and not sought.named_in(str(part.get_filename("")))
    ]


def _text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
