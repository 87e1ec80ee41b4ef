"""Mail to be sent: put down with the fact it tells of, handed over at most once, and what became of it kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from logging import getLogger
from typing import Final
from urllib.parse import urlencode

from django.db import models, transaction
from django.db.models import Q
from django.utils import translation

from rapport.kit.egress import Letter, Outcome, send_mail
from rapport.kit.failpoints import failpoint
from rapport.kit.mail_server import MailServer

from .holding import held_since, may_mail_to
from .letters import (
    address_asked_letter,
    address_changed_letter,
    address_letter,
    invitation_letter,
    password_letter,
    sign_in_letter,
)
from .links import hash_of, make_address_link, make_sign_in_link, new_seed, token_of
from .models import OutgoingMail, User

logger = getLogger(__name__)

MAILED_LINK_LASTS = timedelta(minutes=15)
TOLD_WITHIN: Final = timedelta(days=7)  # what only tells somebody something is not told later than this
WAITING, SENDING, SENT, REFUSED, LATE, UNKNOWN = "waiting", "sending", "sent", "refused", "late", "unknown"
GIVEN_UP_AFTER: Final = timedelta(minutes=10)  # longer than any server may take for its answers
LOOK_AGAIN: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)


def mail_sign_in_link(user: User, site: str, now: datetime, onward: str = "") -> None:
    """A link that signs this user in, and the mail that brings it: both or neither. `onward`: the page it leads to."""
    seed = new_seed()
    with transaction.atomic():
        make_sign_in_link(user, now, MAILED_LINK_LASTS, seed)
        _put_down("sign-in", seed, site, {"next": onward} if onward else {}, user.language, now)


def mail_password_link(user: User, site: str, now: datetime) -> None:
    """A link by which this user sets a new password, and the mail that brings it."""
    seed = new_seed()
    with transaction.atomic():
        make_sign_in_link(user, now, MAILED_LINK_LASTS, seed, for_password=True)
        _put_down("password", seed, site, {}, user.language, now)


def mail_invitation(seed: str, site: str, inviter: str, workspace: str, now: datetime) -> None:
    """The mail that brings an invitation made with this seed, in the transaction that made it."""
    values = {"inviter": inviter, "workspace": workspace}
    _put_down("invitation", seed, site, values, translation.get_language() or "en", now)


def mail_address_link(user: User, wanted: str, site: str, now: datetime) -> None:
    """A link by which this user signs in with another address, and the mail that brings it there."""
    seed = new_seed()
    with transaction.atomic():
        make_address_link(user, wanted, now, seed)
        _put_down("address", seed, site, {"before": user.email}, user.language, now)


def tell_of_asked_address(user: User, wanted: str, site: str, now: datetime) -> None:
    """The mail that tells the address a user signs in with that another was asked for."""
    _tell("address-asked", user, user.email, site, {"wanted": wanted}, now)


def tell_of_new_address(user: User, before: str, door: str, site: str, now: datetime) -> None:
    """The mail that tells the address a user signed in with before that another has taken its place."""
    _tell("address-changed", user, before, site, {"wanted": user.email, "door": door}, now)


def _tell(kind: str, user: User, to: str, site: str, values: dict[str, str], now: datetime) -> None:
    """It hangs on no link: whoever opens or takes back the link must not keep the other from being told."""
    _put_down(kind, "", site, values, user.language, now, user, to)


def _put_down(
    kind: str, seed: str, site: str, values: dict[str, str], language: str, now: datetime,
    user: User | None = None, to: str = "",
) -> None:  # fmt: skip
    OutgoingMail.objects.create(
        kind=kind, link_id=hash_of(token_of(seed)) if seed else None, user=user, to=to, seed=seed, site=site,
        values=values, language=language, made_at=now, due_at=now,
    )  # fmt: skip
    failpoint("mail.after_put_down")


def send_next(server: MailServer, now: datetime) -> bool:
    """Send the mail that has waited longest; False where none is due. Called outside any transaction."""
    _give_up_lost(now)
    mail = _claim(now)
    if mail is None:
        return False
    failpoint("mail.after_claim")
    if not _is_in_time(mail, now):
        _settle(mail, LATE)
    elif _is_held(mail):
        _wait(mail, now + LOOK_AGAIN)
    else:
        outcome = send_mail(server, _letter(mail, now))
        failpoint("mail.after_sending")
        _keep(mail, outcome, now)
        failpoint("mail.after_settling")
    return True


def what_became_of(links: Collection[str]) -> dict[str, OutgoingMail]:
    """The mails that carry these links, by link."""
    return {str(one.link_id): one for one in OutgoingMail.objects.filter(link_id__in=links)}


def _give_up_lost(now: datetime) -> None:
    """Whoever was sending these has died in the midst. Perhaps they have left: they are not sent again."""
    OutgoingMail.objects.filter(state=SENDING, due_at__lte=now).update(state=UNKNOWN, seed="")


def _claim(now: datetime) -> OutgoingMail | None:
    with transaction.atomic():
        waiting = OutgoingMail.objects.select_for_update(skip_locked=True).filter(state=WAITING, due_at__lte=now)
        mail = waiting.order_by("due_at").first()
        if mail is not None:
            mail.state, mail.due_at, mail.tries = SENDING, now + GIVEN_UP_AFTER, mail.tries + 1
            mail.save(update_fields=["state", "due_at", "tries"])
    return mail


def _is_in_time(mail: OutgoingMail, now: datetime) -> bool:
    """Whether its link still works; or, where it only tells something, that is not long ago."""
    works = Q(link__used_at=None, link__expires_at__gt=now)
    return OutgoingMail.objects.filter(works | Q(link=None, made_at__gt=now - TOLD_WITHIN), id=mail.id).exists()


def _is_held(mail: OutgoingMail) -> bool:
    """Whether a restored copy waits for a person's word before it writes to anybody."""
    link = mail.link
    if link is not None and link.workspace_id is not None:
        return held_since(link.workspace_id) is not None
    user = mail.user if link is None else link.user
    return user is not None and not may_mail_to(user)


def _letter(mail: OutgoingMail, now: datetime) -> Letter:
    values: Mapping[str, str] = mail.values
    with translation.override(mail.language):
        if mail.link is None:
            return Letter(str(mail.id), mail.to, *_told(mail.kind, mail.site, values), now)
        onward = f"?{urlencode({'next': values['next']})}" if values.get("next") else ""
        address = f"{mail.site}/link/{token_of(mail.seed)}{onward}"
        return Letter(str(mail.id), mail.link.email, *_said(mail.kind, address, values, mail.link.email), now)


def _said(kind: str, address: str, values: Mapping[str, str], to: str) -> tuple[str, str]:
    if kind == "invitation":
        return invitation_letter(address, values["inviter"], values["workspace"])
    if kind == "address":
        return address_letter(address, values["before"], to)
    return password_letter(address) if kind == "password" else sign_in_letter(address)


def _told(kind: str, site: str, values: Mapping[str, str]) -> tuple[str, str]:
    if kind == "address-asked":
        return address_asked_letter(site, values["wanted"])
    return address_changed_letter(values["door"], site, values["wanted"])


def _keep(mail: OutgoingMail, outcome: Outcome, now: datetime) -> None:
    if outcome.fate != "sent":
        logger.warning("Mail %s (%s): %s.", mail.id, mail.kind, outcome.fate)
    if outcome.fate == "not-now":
        _wait(mail, now + min(LOOK_AGAIN * 2 ** (mail.tries - 1), LONGEST_PAUSE), outcome.said)
    else:
        _settle(mail, outcome.fate, outcome.said)


def _wait(mail: OutgoingMail, due_at: datetime, said: str = "") -> None:
    _mine(mail).update(state=WAITING, due_at=due_at, said=said)


def _settle(mail: OutgoingMail, state: str, said: str = "") -> None:
    """The seed goes: what was sent once is never sent again."""
    _mine(mail).update(state=state, said=said, seed="")


def _mine(mail: OutgoingMail) -> models.QuerySet[OutgoingMail]:
    """The row as this sender claimed it: who was given up on meanwhile changes nothing."""
    return OutgoingMail.objects.filter(id=mail.id, state=SENDING, due_at=mail.due_at)
