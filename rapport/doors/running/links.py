"""The links printed for whoever may run commands here: they sign in the first person of this home, or a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.kit.house import House
from rapport.kit.trouble import NotFound

if TYPE_CHECKING:
    from rapport.accounts.models import User

ONWARD = "?next=%2Fsettings%23password"


def sign_in_link(house: House, member: str = "", to_password: bool = False) -> tuple[str, str]:
    """Whose link it is, by e-mail, and the link: it works once, for thirty minutes, and a day where it is handed on.

    `to_password` leads on to where one sets a password, which is done just after signing in.
    """

    from rapport.accounts.links import HANDED_FOR, SIGN_IN_FOR, make_sign_in_link
    from rapport.kit import clock

    user = _whose(member)
    token = make_sign_in_link(user, clock.now(), HANDED_FOR if member else SIGN_IN_FOR)
    return user.email, f"{_base(house)}/link/{token}{ONWARD if to_password else ''}"


def turn_second_factor_off(member: str = "") -> str:
    """Whose it was, by e-mail; every workspace they work in learns of it."""
    from django.utils.translation import gettext as _

    from rapport.accounts.access import viewer_of
    from rapport.accounts.factors import turn_all_off
    from rapport.accounts.founding import memberships_of
    from rapport.accounts.journal import note
    from rapport.accounts.rows import in_workspace
    from rapport.kit import clock

    user = _whose(member)
    if not turn_all_off(user):
        raise NotFound(_("They have no second factor."))
    for one in memberships_of(user):
        if one.person_id is not None:
            with in_workspace(one.workspace_id):
                note(
                    viewer_of(one), "cli", "member.factors-reset", clock.now(),
                    subject_id=one.person_id, subject_name=user.name or user.email,
                )  # fmt: skip
    return user.email


def _whose(member: str) -> User:
    from django.utils.translation import gettext as _

    from rapport.accounts.models import User
    from rapport.doors.operations.beginning import first_user

    user = User.objects.filter(email__iexact=member.strip(), is_active=True).first() if member else first_user()
    if user is None:
        raise NotFound(_("Nobody here signs in as %(email)s. See them under Team.") % {"email": member.strip()})
    return user


def _base(house: House) -> str:
    """Where others reach these pages, where that was said: a colleague is rarely at this machine."""
    from django.conf import settings

    said = settings.CSRF_TRUSTED_ORIGINS if settings.BEHIND_TLS else []
    return said[0] if said else f"http://localhost:{house.web_port}"
