"""An import that cannot go on: it stops, says why, and can be let go on; the others are read meanwhile."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import DataError, Error, IntegrityError
from django.utils.translation import gettext as _

from rapport.accounts.rows import in_workspace
from rapport.channels.models import Import
from rapport.kit.trouble import finds_no_room

STOPPED = "stopped"
log = logging.getLogger(__name__)


def passes_by_itself(fault: Exception) -> bool:
    """Whether it is tried again unasked: the database is away, busy or being changed. Rows it refuses, it refuses
    again, and each minute anew.
    """
    return isinstance(fault, Error) and not isinstance(fault, DataError | IntegrityError)


def stop(workspace_id: UUID, import_id: UUID, token: UUID, fault: Exception) -> None:
    """Let this import rest with the reason, unless another process took it over."""
    if not isinstance(fault, OSError):
        log.error("import %s stopped", import_id, exc_info=fault)
    with in_workspace(workspace_id):
        mine = Import.objects.filter(id=import_id, lease_token=token)
        mine.update(state=STOPPED, sentence=_sentence(fault), lease_until=None, lease_token=None)


def _sentence(fault: Exception) -> str:
    if finds_no_room(fault):
        return _("There is no room left on the disk. Free some space, then let it go on: what was read is kept.")
    if isinstance(fault, OSError):
        said = _("A file of this import cannot be read (%(reason)s). Mend that, then let it go on.")
        return said % {"reason": fault.strerror or type(fault).__name__}
    return _(
        "Reading stopped at something we did not expect. What was read is kept. Let it go on; if it stops there again,"
        " wait for the next update."
    )
