"""The whole file, for somebody's own request: it opens what nobody else may read, so the journal says who and why."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.kit.text import db_text
from rapport.kit.trouble import Trouble

from .everything import Everything, everything_about


def whole_for_them(by: By, person_id: UUID, why: str) -> Everything:
    """Everything as the person themself may read it; Trouble where nobody says whose request it is."""
    by.may("own")
    if not why.strip():
        raise Trouble(_("Say who asked for it, and when."), code="no-reason", field="why")
    about = everything_about(by.viewer, person_id, by.now, whole=True)
    said = {"why": db_text(why.strip(), 2000)}
    by.note("person.known", subject_id=about.person_id, subject_name=about.name, values=said)
    return about
