"""Which mails no human wrote: robots, newsletters, no-reply senders, auto-replies. And which only came by a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..sightings import Address
from .addresses import read_addresses
from .headers import Head

_NO_REPLY = re.compile(r"(?:^|[._+-])(?:no|not|non|do-?not|donot|dont|ne-?pas|nicht|kein)[._-]?(?:reply|response|repondre|antwort\w*)(?:$|[._+-])")  # fmt: skip  # noqa: E501
_LIST_ROBOT = re.compile(
    r"^(?:majordomo|listserv|listproc|listar|ecartis|mailman|mailman-owner|sympa|ezmlm|petidomo)$"
    r"|^(?:owner|request|bounces?)-|-(?:owner|request|bounces?|admin|subscribe|unsubscribe|help)$|-bounces\+"
)
_NOTIFIER = re.compile(
    r"^(?:notifications?|notify|notifier|alerts?|updates?|mailer|cron|root|daemon|nobody"
    r"|www-data|apache|nagios|zabbix|jenkins|bugzilla(?:-daemon)?"
    r"|jira|confluence|git|svn|cvs|buildbot"
    r"|calendar-notification"
    r"|auto-?confirm|automated|system|robot|bot|bounce|postman|invitations?|messages-noreply|order-update"
    r"|ship-confirm|account-update)$"
)
_CAMPAIGNER = re.compile(
    r"^(?:news|newsletters?|store-news|digest-\w*|bulletin|announce|marketing|promo(?:tion)?s?|offers?|deals?)$"
)
_MACHINE_HEADERS = (
    "x-github-reason", "x-github-sender", "x-gitlab-project", "x-jira-fingerprint", "x-bugzilla-reason", "x-facebook",
    "x-linkedin-class", "x-cron-env", "x-launchpad-message-rationale", "x-trac-version", "x-nagios-notification",
    "x-roundup-name", "x-debian-pr-message", "x-atlassian-token", "x-slack-notification", "x-amazon-mail-relay-type",
)  # fmt: skip
_CAMPAIGN_HEADERS = (
    "x-campaign", "x-campaignid", "x-campaign-id", "x-mc-user", "x-mailchimp-id", "x-csa-complaints", "x-mailgun-tag",
    "x-mailing-id", "x-sg-eid", "x-job", "x-sfmc-stack", "x-rpcampaign", "x-constantcontact", "x-pvid",
    "x-mandrill-user",
)  # fmt: skip
_CAMPAIGN_MAILER = re.compile(
    r"mailchimp|constant contact|campaign|newsletter|sendinblue|mailjet"
    r"|responsys|eloqua|marketo|lyris|lsoft|exacttarget"
    r"|bulk|mass ?mail|postman pro|advanced (?:mass|direct)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"^\s*(?:auto(?:matic(?:ally generated)?|mated)?[ -]?(?:reply|response|responder|antwort)|out of (?:the )?office"
    r"|automatische antwort|abwesenheits|abwesend|réponse automatique|absence du bureau|respuesta automática"
    r"|fuera de (?:la )?oficina"
    r"|risposta automatica|automatisch antwoord|afwezig|autosvar|resposta automática|автоответ|自动回复|自動応答)",
    re.IGNORECASE,
)
# What scanners on mail gateways send to both sides, in their own words.
_SCANNER = re.compile(
    r"^\s*(?:report to (?:recipient\(s\)|sender)|(?:\W*\s*)?virus (?:alert|warning|notification|found in|detected in)"
    r"|scanmail (?:message|has)|(?:norton|symantec) antivirus detected|interscan|antigen (?:for|found|notification)"
    r"|mailsweeper|banned or potentially offensive)",
    re.IGNORECASE,
)
_LIST_POST = re.compile(r"<mailto:([^?>\s]+)", re.IGNORECASE)
_BY_LIST = re.compile(r"\s+(?:via|over|on behalf of)\s+.+$", re.IGNORECASE)
_LIST_ID = re.compile(r"<([^<>\s]+)>\s*$|^([\w.-]+\.[\w.-]+)$")
_MAILING_LIST = re.compile(r"(?:list\s+)?([\w.+-]+@[\w.-]+)")


@dataclass(frozen=True, slots=True)
class Origin:
    """By which list a mail came, if any, and which rule says that no human wrote it."""

    list_address: str = ""
    automatic: str = ""


def origin_of_mail(head: Head, sender: Address | None, recipients: tuple[Address, ...]) -> Origin:
    """Judge a mail by its head. A human who writes through a list stays human, whatever the list added."""
    through = list_address(head, recipients)
    address = sender.value if sender else ""
    return Origin(through, _automatic(head, address, through))


def list_address(head: Head, recipients: tuple[Address, ...]) -> str:
    """The list's own address; empty where the mail came by none."""
    for value in head.every("list-post"):
        if found := _LIST_POST.search(value):
            return found.group(1).lower()
    for name in ("x-mailing-list", "x-beenthere", "mailing-list", "x-loop", "list-address"):
        if (found := _MAILING_LIST.search(head.first(name))) and "@" in found.group(1):
            named = found.group(1).lower()
            return _as_written(named, recipients)
    for name in ("list-id", "x-list", "x-list-id", "x-mailinglist"):
        if matched := _by_identity(head.first(name), recipients):
            return matched
    sender = next(iter(read_addresses(head.first("sender"))), None) if head.first("sender") else None
    is_list = head.first("precedence").lower() in ("bulk", "list") or bool(head.first("x-list"))
    return _by_sender(sender.value, recipients, is_list) if sender else ""


def author_behind(head: Head, sender: Address | None, origin: Origin) -> Address | None:
    """Who wrote a mail that a list sent on in its own name ("Ana via Rota <rota@lists.org>"), where it says so."""
    through = origin.list_address
    if sender is None or not through or sender.value != through or origin.automatic not in ("", "list-robot"):
        return None
    for name in ("x-original-from", "reply-to"):
        for found in read_addresses(head.first(name)):
            if found.value != through:
                name_of_author = found.name or _BY_LIST.sub("", sender.name)
                return Address(found.kind, found.value, "" if name_of_author == sender.name else name_of_author)
    return None


def _by_identity(value: str, recipients: tuple[Address, ...]) -> str:
    if not value:
        return ""
    found = _LIST_ID.search(value.strip())
    bare = (found.group(1) or found.group(2)) if found else value.strip()
    wanted = bare.lower().replace("@", ".")
    for recipient in recipients:
        local, _, domain = recipient.value.partition("@")
        if f"{local}.{domain}" == wanted or local == wanted or wanted.startswith(f"{local}."):
            return recipient.value
    name, dot, domain = wanted.partition(".")
    return f"{name}@{domain}" if dot and "." in domain else ""


def _by_sender(sender: str, recipients: tuple[Address, ...], is_list: bool) -> str:
    local, _, domain = sender.partition("@")
    base = re.sub(r"^(?:owner|bounces?)-|-(?:owner|bounces?|admin|request|errors?)(?:\+.*)?$", "", local)
    wanted = f"{base}@{domain}"
    return wanted if base != local and (is_list or any(recipient.value == wanted for recipient in recipients)) else ""


def _as_written(named: str, recipients: tuple[Address, ...]) -> str:
    local = named.partition("@")[0]
    same = [recipient.value for recipient in recipients if recipient.value.partition("@")[0] == local]
    return named if named in same or not same else same[0]


def _automatic(head: Head, address: str, through: str) -> str:
    local = address.partition("@")[0]
    submitted = head.first("auto-submitted").lower()
    if submitted.startswith("auto-replied") or _is_auto_reply(head):
        return "auto-reply"
    if _NO_REPLY.search(local):
        return "no-reply"
    if address and address == through and not head.first("x-original-from") and not head.first("in-reply-to"):
        return "list-robot"
    if _LIST_ROBOT.search(local) or head.first("x-list-administrivia").lower() == "yes":
        return "list-robot"
    if _SCANNER.match(head.first("subject")) and not head.first("in-reply-to"):
        return "notification"
    if _CAMPAIGNER.match(local):
        return "newsletter"
    if (submitted and not submitted.startswith("no")) or _NOTIFIER.match(local) or _has(head, _MACHINE_HEADERS):
        return "notification"
    return "newsletter" if _is_newsletter(head, through) else ""


def _is_auto_reply(head: Head) -> bool:
    if any(head.first(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")):
        return True
    if head.first("precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    return bool(_AWAY.match(head.first("subject")))


def _is_newsletter(head: Head, through: str) -> bool:
    if head.first("in-reply-to") or head.first("references"):
        return False
    if _has(head, _CAMPAIGN_HEADERS) or _CAMPAIGN_MAILER.search(head.first("x-mailer")):
        return True
    if through and (head.first("list-post") or not head.first("list-unsubscribe-post")):
        return head.first("list-post").upper().startswith("NO")
    bulk = head.first("precedence").lower() in ("bulk", "junk", "list")
    return bool(head.first("list-unsubscribe") or head.first("feedback-id") or bulk)


def _has(head: Head, names: tuple[str, ...]) -> bool:
    return any(name in head.values for name in names)
