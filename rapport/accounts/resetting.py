"""A forgotten password: a new one is set by a link that was mailed, and every workspace they work in learns of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict

from .everywhere import note_everywhere
from .links import end_sign_in_links, use
from .models import User
from .oneself import check_password


def set_password_by_link(token: str, password: str, now: datetime) -> User:
    """Whose password is new; Trouble "weak-password" leaves the link as it was."""
    with transaction.atomic():
        link = use(token, now)
        if link.user is None or not link.user.is_active or not link.for_password:
            raise Conflict(_("This link was used already or is too old. Ask for a new one."), code="link-used")
        check_password(password, link.user)
        link.user.set_password(password)
        link.user.save(update_fields=["password"])
        end_sign_in_links(link.user)
        note_everywhere(link.user, "web", "member.password", now)
    return link.user
