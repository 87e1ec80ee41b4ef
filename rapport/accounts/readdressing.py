"""Another address to sign in with: asked for, confirmed by a link that went there, or taken back.

Until it is confirmed nobody has it, and it keeps nobody from being invited there. Where no mail goes out nothing can be
confirmed: whoever runs Rapport gives it, and answers for it.
"""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict, NotFound, Trouble

from .acting import By
from .attempts import ADDRESSES_OF_ACCOUNT, LINKS_OF_ACCOUNT, may_try
from .everywhere import note_everywhere
from .links import end_address_links, use, waiting_address
from .models import OneTimeLink, User
from .oneself import FIRST_ADDRESS, Unfit, email_problem, not_themselves, set_address
from .outgoing import mail_address_link, tell_of_asked_address, tell_of_new_address


def ask_for_address(by: By, user: User, wanted: str, current: str, has_just_entered: bool, site: str) -> None:
    """Mail a link to another address; opened, it is the one they sign in with. The address until now is told at once.

    Trouble "too-often" where that was asked too often.
    """
    if problem := not_themselves(user, current, has_just_entered, "address_current", "email"):
        raise Unfit(problem)
    with transaction.atomic():
        _mail(_held_still(user), wanted.strip().lower(), site, by.now)
        if user.email != FIRST_ADDRESS:
            tell_of_asked_address(user, wanted.strip().lower(), site, by.now)
        by.note("member.address-ask", subject_id=by.viewer.person_id, subject_name=user.name or user.email)


def send_again(by: By, user: User, site: str) -> str:
    """Mail another link to the address that waits; the one before works no more. Whom it goes to."""
    with transaction.atomic():
        wanted = _waiting(_held_still(user), by.now).email
        _mail(user, wanted, site, by.now)
    return wanted


def take_back(by: By, user: User) -> None:
    """What was asked for comes true no more."""
    if not end_address_links(user):
        raise NotFound(_nothing_waits())
    by.note("member.address-withdraw", subject_id=by.viewer.person_id, subject_name=user.name or user.email)


def confirm_address(token: str, user: User, site: str, now: datetime) -> User:
    """Whoever opened the link signs in with its address from now on; Conflict where somebody else has it by now.

    It must be who asked for it, signed in: an address with a slip in it is a stranger's, who would have the account.
    """
    with transaction.atomic():
        user = _held_still(user)
        link, before = use(token, now), user.email
        if link.user_id != user.id or link.replaces != before or not user.is_active:
            raise Conflict(_("This link was used already or is too old. Ask for a new one."), code="link-used")
        try:
            set_address(user, link.email)
        except Unfit:
            raise Conflict(_taken(link.email, before), code="address-taken") from None
        _changed(user, before, "web", site, now)
    return user


def give_address(user: User, wanted: str, site: str, now: datetime) -> User:
    """Another address, by whoever runs Rapport. They are signed out; `site` where mail goes out to tell the old one."""
    with transaction.atomic():
        user = _held_still(user)
        before = user.email
        set_address(user, wanted)
        for one in UserSession.objects.filter(user=user):
            one.end()
        _changed(user, before, "cli", site, now)
    return user


def _mail(user: User, wanted: str, site: str, now: datetime) -> None:
    if problem := email_problem(wanted, user):
        raise Unfit({"email": problem})
    # Both are counted: nobody fills a stranger's mailbox from several accounts, or several mailboxes from one.
    of_account = may_try(ADDRESSES_OF_ACCOUNT, str(user.id), now)
    if not may_try(LINKS_OF_ACCOUNT, wanted, now) or not of_account:
        raise Trouble(_("That was tried too often. Wait an hour."), code="too-often")
    mail_address_link(user, wanted, site, now)


def _changed(user: User, before: str, door: str, site: str, now: datetime) -> None:
    if site and before != FIRST_ADDRESS:
        tell_of_new_address(user, before, door, site, now)
    note_everywhere(user, door, "member.address", now)


def _held_still(user: User) -> User:
    """The user as they are now; nobody else changes their address until the transaction ends."""
    return User.objects.select_for_update().get(id=user.id)


def _waiting(user: User, now: datetime) -> OneTimeLink:
    waiting = waiting_address(user, now)
    if waiting is None:
        raise NotFound(_nothing_waits())
    return waiting


def _nothing_waits() -> str:
    return _("No other address of yours waits to be confirmed any more.")


def _taken(wanted: str, before: str) -> str:
    said = _(
        "Somebody else signs in as %(wanted)s by now. You sign in as %(before)s as before; ask for another address."
    )
    return said % {"wanted": wanted, "before": before}
