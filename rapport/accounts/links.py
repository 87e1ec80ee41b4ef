"""One-time links: they sign somebody in, let them join, or confirm an address.

Only a hash is kept, and opening one changes nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict

from .models import Membership, OneTimeLink, User

SIGN_IN_FOR = timedelta(minutes=30)
HANDED_FOR = timedelta(days=1)  # made by one for another, and on its way between them
ADDRESS_FOR = timedelta(days=1)  # to confirm another address
INVITED_FOR = timedelta(days=7)


def new_seed() -> str:
    """What a token is worked out from."""
    return secrets.token_urlsafe(32)


def token_of(seed: str) -> str:
    """The token of a seed. Who reads the database alone, without the secret key, cannot work it out."""
    digest = salted_hmac("rapport.one-time-link", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def make_sign_in_link(
    user: User, now: datetime, lasts: timedelta = SIGN_IN_FOR, seed: str = "", for_password: bool = False
) -> str:
    """A token that signs this user in once; or lets them set a new password once."""
    token = token_of(seed or new_seed())
    OneTimeLink.objects.create(
        token_hash=hash_of(token),
        email=user.email,
        user=user,
        made_at=now,
        expires_at=now + lasts,
        for_password=for_password,
    )
    return token


def make_invitation(email: str, role: str, invited_by: Membership, now: datetime, seed: str = "") -> str:
    """A token by which whoever has it joins the inviter's workspace in this role, once."""
    token = token_of(seed or new_seed())
    OneTimeLink.objects.create(
        token_hash=hash_of(token),
        email=email.strip().lower(),
        workspace_id=invited_by.workspace_id,
        role=role,
        invited_by=invited_by,
        made_at=now,
        expires_at=now + INVITED_FOR,
    )
    return token


def make_address_link(user: User, wanted: str, now: datetime, seed: str) -> None:
    """A link by which this user signs in with another address from then on; it takes the place of one that waits.

    Nobody has the address by it: others may be invited there, or confirm it, until it is used.
    """
    end_address_links(user)
    OneTimeLink.objects.create(
        token_hash=hash_of(token_of(seed)),
        email=wanted,
        replaces=user.email,
        user=user,
        made_at=now,
        expires_at=now + ADDRESS_FOR,
    )


def waiting_address(user: User, now: datetime) -> OneTimeLink | None:
    """The link by which another address of this user waits to be confirmed."""
    waiting = OneTimeLink.objects.filter(user=user, replaces=user.email, used_at=None, expires_at__gt=now)
    return waiting.order_by("-made_at").first()


def end_address_links(user: User) -> bool:
    """Take back what waits to be confirmed; False where nothing does."""
    return OneTimeLink.objects.filter(user=user, used_at=None).exclude(replaces="").delete()[0] > 0


def look_at(token: str, now: datetime) -> OneTimeLink | None:
    """The link, while it works; looking does not use it up (mail scanners look at everything)."""
    return OneTimeLink.objects.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=now).first()


def use(token: str, now: datetime) -> OneTimeLink:
    """Use a link up; only one of several at the same moment succeeds."""
    link = look_at(token, now)
    if link is None or not OneTimeLink.objects.filter(token_hash=link.token_hash, used_at=None).update(used_at=now):
        raise Conflict(_("This link was used already or is too old. Ask for a new one."), code="link-used")
    return link


def sign_in_by_link(token: str, now: datetime) -> User:
    """The user a sign-in link belongs to, once."""
    with transaction.atomic():
        link = use(token, now)
        if link.user is None or not link.user.is_active or link.for_password or link.replaces:
            raise Conflict(_("This link was used already or is too old. Ask for a new one."), code="link-used")
        return link.user


def end_sign_in_links(user: User) -> None:
    """Links that would still sign this user in, or give them another address, work no more."""
    OneTimeLink.objects.filter(user=user, used_at=None).delete()


def end_invitations(member: Membership) -> None:
    """Invitations to this workspace that a member made, or that wait for them, work no more."""
    waiting = OneTimeLink.objects.filter(workspace_id=member.workspace_id, used_at=None)
    waiting.filter(Q(invited_by=member) | Q(email=member.user.email)).delete()


def account_of(link: OneTimeLink) -> User | None:
    """Who has the invited address already."""
    return User.objects.filter(email=link.email).first()


def waiting_invitations(workspace_id: UUID, now: datetime) -> list[OneTimeLink]:
    """Invitations nobody has accepted yet."""
    open_ones = OneTimeLink.objects.filter(workspace_id=workspace_id, used_at=None, expires_at__gt=now)
    return list(open_ones.order_by("made_at"))


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
