"""Mail that came back: recognised by its form, its sender or its words, with the addresses that failed."""

from __future__ import annotations

import re

from .addresses import email_of
from .bodies import Parts, read_parts
from .encoded import readable
from .headers import Head, read_head
from .markup import text_of_html

_POSTMAN = re.compile(
    r"(?:^|[._-])(?:mailer[._-]?daemon|mail[._-]?daemon|postmaster|mailadmin|mail-?administrator"
    r"|majordomo-bounce|mdaemon)\w*"
    r"|^(?:mailsystem|mail-system|mailer|bounces?|mailerror|errors?|smtp|returnmail|daemon)$"
)
# Gateways and filters also send mail back; their word counts less.
_ROBOT = re.compile(r"gateway|anti-?virus|mail-?scan|mail-?filter|system|admin|robot|server|helpdesk")
_ANSWERS = re.compile(r"\s*(?:re|aw|sv|fwd?|wg|tr|rv)\s*:", re.IGNORECASE)
_NOWHERE = re.compile(r"<?(?:#@\[\])?>?$|<?mailer-daemon", re.IGNORECASE)
_SUBJECT = re.compile(
    r"undeliver|non-?delivery|delivery (?:status|failure|failed|error|problem|report|notification|has failed)"
    r"|(?:failure|failed) (?:notice|delivery)|mail (?:failure|error|delivery|system error|could not)"
    r"|return(?:ed|ing) (?:mail|message|to sender)"
    r"|message (?:status|could not|not delivered|delivery|undeliver|error)|automatically rejected|unzustellbar"
    r"|nicht zugestellt|fehler bei der zustellung"
    r"|échec de (?:la )?remise|non remis|no se pudo entregar|error de entrega|mancato recapito"
    r"|unknown (?:user|address|recipient)"
    r"|user unknown"
    r"|(?:e-?mail )?address (?:unknown|changed|no longer)"
    r"|permanent(?:ly)? (?:fail|error)|warning: (?:could|message)"
    r"|недостав|не доставлен|配信|退信|エラー",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:could not|cannot|couldn't|can't|was not|were not|(?:un|not |wasn't )able to) (?:be )?"
    r"(?:deliver|reach|relay)"
    r"|delivery to the following recipients? (?:has )?failed|permanent fatal errors|undeliverable|user (?:is )?unknown"
    r"|(?:no such|unknown|invalid|nonexistent) (?:user|recipient|mailbox|local user|address)"
    r"|mailbox (?:is )?(?:full|unavailable|disabled)"
    r"|over (?:the )?quota|account (?:is |has been )?(?:disabled|closed|inactive|deactivated|suspended)|does not exist"
    r"|55[0-4][ -]|5\.[0-9]\.[0-9]|following addresses? (?:had|failed)|not (?:listed|found) in|returned to you|bounced"
    r"|no longer (?:active|valid|available|used|in (?:use|service))|message (?:was )?not delivered|zugestellt werden",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:original-recipient|final-recipient|x-actual-recipient)\s*:\s*(?:[\w-]+\s*;)?\s*(\S[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ACTION = re.compile(r"^action\s*:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"^status\s*:\s*(\d\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# The box is full, the mail too large, its content unwelcome: the next one may arrive.
_PASSING_CODE = re.compile(r"5\.(?:2\.[23]|3\.[14]|7\.)")
_GONE_WORDS = re.compile(
    r"\b55[0134][ -]|\b5\.[01]\.\d|user (?:is )?unknown|(?:no such|unknown|invalid|nonexistent) "
    r"(?:user|recipient|mailbox|local user|address|account)|(?:doesn't|does not|don't) (?:exist|have (?:a|an) )"
    r"|account (?:is |has been )?(?:disabled|closed|inactive|deactivated)"
    r"|no longer (?:active|valid|available|used|in (?:use|service))|not (?:listed|found) in|permanent (?:fatal )?error",
    re.IGNORECASE,
)
_PASSING_WORDS = re.compile(
    r"\b4\.\d\.\d\b|\b4[25]\d[ -]|will (?:keep|continue|be retried)|still trying|temporar|delayed|over ?quota"
    r"|quota exceeded|exceeded (?:\w+ ){0,3}quota|(?:mailbox|inbox) (?:is )?full|\bspam\b|virus|blacklist|blocked"
    r"|too (?:large|big)|\b5\.7\.\d|relay",
    re.IGNORECASE,
)
# Lines that name who else got the mail, who wrote it, or whom to ask.
_NOT_ABOUT_IT = re.compile(
    r"^.*\b(?:cc|(?<!expanded )from|sent|reply-to|contact|write to|ask)\b.*$|^\W*to:.*$", re.IGNORECASE | re.MULTILINE
)
_X400 = re.compile(r"^smtp=", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_ADDRESS = re.compile(r"[\w.+=/'-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,63}){1,8}")
_QUOTED_MAIL = re.compile(
    r"^[> ]*(?:-{2,} ?(?:this is a copy|original message|the (?:attached|original|header)|unsent|below this|included)"
    r"|received:|return-path:|message-id:|-{3,}.{0,40}(?:copy|message).{0,40}-{2,}$)",
    re.IGNORECASE | re.MULTILINE,
)


def is_bounce(head: Head, sender: str, parts: Parts) -> bool:
    """Whether a mail reports that another could not be delivered."""
    declared = head.first("content-type").lower()
    if "multipart/report" in declared and "disposition-notification" not in declared and "feedback" not in declared:
        return True
    if any(_ACTION.search(report) for report in parts.reports) or head.first("x-failed-recipients"):
        return True
    local = sender.partition("@")[0]
    is_postman, is_robot = bool(_POSTMAN.search(local)), bool(_ROBOT.search(local))
    returned_to = head.every("return-path")
    returns_nowhere = not sender or bool(returned_to and _NOWHERE.match(returned_to[0]))
    encloses = any(note.media_type == "message/rfc822" for note in parts.attachments)
    subject = _subject(head)
    if not (is_postman or is_robot or returns_nowhere or encloses) or _ANSWERS.match(subject):
        return False
    marks = 2 * is_postman + (is_robot and not is_postman) + returns_nowhere + encloses
    marks += 2 * bool(_SUBJECT.search(subject))
    marks += bool(_WORDS.search("\n".join(parts.plain or parts.html)[:20_000]))
    return marks >= 3


def gone_addresses(head: Head, parts: Parts, sender: str) -> tuple[str, ...]:
    """The addresses a bounce says will not be reached again. Those that were only late, full, or refused this one mail
    for what is in it may be written to: nothing is said of them.
    """
    told = [block for report in _reports(parts) for block in _BLANK_LINE.split(report) if _FIELD.search(block)]
    if told:
        named = [_recipient(block) for block in told if _is_for_good(block)]
        return tuple(dict.fromkeys(address for address in named if address))[:50]
    said = _before_what_it_encloses(parts)
    for_good = _GONE_WORDS.search(said) and not (_PASSING_WORDS.search(said) or _PASSING_WORDS.search(_subject(head)))
    return failed_addresses(head, parts, sender) if for_good else ()


def _recipient(block: str) -> str:
    """Of a recipient's names the last that is an address: others were made of it on the way."""
    named = [email_of(value.strip().strip("<>")) for value in _FIELD.findall(block)]
    return next((address for address in reversed(named) if address), "")


def _is_for_good(block: str) -> bool:
    """What one recipient's part of a delivery report says: by its status, and where that is vague by its diagnosis."""
    action, status = _ACTION.search(block), _STATUS.search(block)
    codes = [status.group(1)] if status else []
    if not codes or codes[0].endswith(".0.0"):
        codes = _ENHANCED.findall(block.partition("iagnostic-")[2]) or codes
    if action and action.group(1).lower() not in ("failed", "failure", "error"):
        return False
    return any(code.startswith("5.") and not _PASSING_CODE.match(code) for code in codes[:1])


def _subject(head: Head) -> str:
    return readable(head.first("subject"))


def failed_addresses(head: Head, parts: Parts, sender: str) -> tuple[str, ...]:
    """The addresses a bounce says could not be reached; those of the mail it encloses are not meant."""
    named = [email_of(value) for value in head.first("x-failed-recipients").split(",")]
    for report in _reports(parts):
        if not _ACTION.search(report) or any(a.lower() in ("failed", "delayed") for a in _ACTION.findall(report)):
            named += [_recipient(block) for block in _BLANK_LINE.split(report)]
    if not any(named):
        named = _in_words(parts, {sender, email_of(head.first("to"))})
    return tuple(dict.fromkeys(address for address in named if address))[:50]


def _reports(parts: Parts) -> list[str]:
    """What machines say of it. Some gates pass a returned mail on as a file: then they are in the mail within."""
    if parts.reports:
        return parts.reports
    for note, content in zip(parts.attachments, parts.contents, strict=True):
        if note.media_type == "message/rfc822":
            try:
                raw = content()
            except Exception:  # its encoding is broken in one of the many ways there are
                raw = b""
            inner = read_head(raw)
            if "multipart/report" in inner.first("content-type").lower():
                return read_parts(inner, raw).reports
    return []


def _in_words(parts: Parts, but_not: set[str]) -> list[str]:
    said = _before_what_it_encloses(parts)
    found = [email_of(_X400.sub("", address)) for address in _ADDRESS.findall(_NOT_ABOUT_IT.sub("", said))]
    return [address for address in found if address not in but_not and not _POSTMAN.search(address.partition("@")[0])]


def _before_what_it_encloses(parts: Parts) -> str:
    text = "\n".join(parts.plain or [text_of_html(html) for html in parts.html[:3]])[:20_000]
    enclosed = _QUOTED_MAIL.search(text)
    return text[: enclosed.start()] if enclosed else text
