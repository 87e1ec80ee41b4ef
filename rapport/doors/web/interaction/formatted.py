"""A mail's formatted version, made safe in a child process with limits."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import CleanHtml, ReadingOptions
from rapport.interactions.opening import bytes_to_show
from rapport.kit.trouble import NotFound


def page_of_mail(viewer: Viewer, interaction_id: UUID) -> CleanHtml:
    """What may be shown of it; NotAllowed where it is private, NotFound where it has no formatted version."""
    raw = bytes_to_show(viewer, interaction_id)
    shown = _pool().parse([("mail-page", raw, ReadingOptions())])[0].page
    if shown is None:
        raise NotFound(_("This mail has no formatted version."))
    return shown


@cache
def _pool() -> ParsingPool:
    """One child for the whole process: it starts with the first mail that is looked at."""
    return ParsingPool(workers=1)
