"""What surrounds a page of somebody who has entered a workspace."""

from __future__ import annotations

import json
from typing import cast

from django.middleware.csrf import get_token
from django.utils import translation

from rapport.accounts.access import may
from rapport.care.days import how_many_wait
from rapport.people.models import Person

from .answering import take_toast
from .entering import Visit, WebRequest
from .faces import face_of
from .pages.shell import Reading, Shell, Theme, WorkspaceDoor


def shell(request: WebRequest, here: str = "") -> Shell:
    """The shell of a whole page; `here` is the entry that is lit. Two queries. A waiting toast is said with it."""
    visit = request.visit
    viewer = visit.viewer
    home = Person.objects.only("id", "name", "portrait").get(id=viewer.person_id)
    return Shell(
        viewer=face_of(home.id, home.name, home.portrait),
        workspace=visit.here.workspace.name,
        csrf=get_token(request),
        here=here,
        workspaces=_doors(visit),
        is_sample=viewer.is_sample,
        may_leave_sample=viewer.is_sample and may(viewer, "own"),
        may_write=may(viewer, "write"),
        may_import=may(viewer, "import"),
        may_release=visit.here.workspace.outgoing_held_since is not None and may(viewer, "manage"),
        waiting_today=how_many_wait(viewer, visit.local(visit.now).date(), visit.now),
        language=translation.get_language() or "en",
        direction="rtl" if translation.get_language_bidi() else "ltr",
        theme=cast(Theme, visit.user.theme) if visit.user.theme in ("light", "dark") else "system",
        reading=cast(Reading, visit.user.reading) if visit.user.reading in ("legible", "system") else "plain",
        keys_on=visit.user.keys_on,
        own_keys=json.dumps(visit.user.own_keys),
        toast=take_toast(request),
        as_of=visit.as_of,
        now=visit.local(visit.now),
    )


def part_shell(request: WebRequest) -> Shell:
    """The shell a fragment needs: it asks the database nothing and takes no toast."""
    visit = request.visit
    return Shell(
        viewer=face_of(visit.viewer.person_id, visit.viewer.name, ""),
        workspace="",
        csrf=get_token(request),
        may_write=may(visit.viewer, "write"),
        may_import=may(visit.viewer, "import"),
        language=translation.get_language() or "en",
        as_of=visit.as_of,
        now=visit.local(visit.now),
    )


def _doors(visit: Visit) -> tuple[WorkspaceDoor, ...]:
    return tuple(
        WorkspaceDoor(one.workspace.name, f"/workspaces/{one.workspace_id}/enter", one.id == visit.viewer.membership_id)
        for one in visit.memberships
    )
