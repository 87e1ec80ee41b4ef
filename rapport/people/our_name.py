"""What our own business is called: the workspace, and the home organization with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import by_managers, undoes
from rapport.accounts.models import Workspace
from rapport.accounts.rows import current_workspace
from rapport.kit.text import fold, one_line
from rapport.kit.trouble import Conflict, Trouble

from .models import Organization

LONGEST = 200


def our_name() -> str:
    """How our business is called."""
    return Workspace.objects.get(id=current_workspace()).name


def our_organization() -> UUID:
    """The organization that is ours."""
    return Organization.objects.values_list("id", flat=True).get(is_home=True)


def rename_ours(by: By, name: str) -> UUID:
    """Let our business be called so; the journal entry that undoes it."""
    by.may("manage")
    wanted, before = one_line(name, LONGEST), our_name()
    if not wanted:
        raise Trouble(_("A business needs a name. What is yours called?"), code="no-name", field="name")
    if wanted == before:
        raise Conflict(_("It is called so already."), code="same-name", field="name")
    home = Organization.objects.get(is_home=True)
    way_back = {"workspace": before, "home": home.name, "after": wanted}
    _call(wanted, wanted)
    return by.note("home.name", subject_name=wanted, values={"before": before}, way_back=way_back)


@undoes("home.name", allowed=by_managers)
def _call_as_before(way_back: dict[str, Any], now: datetime) -> None:
    if our_name() != way_back["after"]:
        raise Conflict(_("That was changed again since."), code="changed-since")
    _call(way_back["workspace"], way_back["home"])


def _call(workspace: str, home: str) -> None:
    Workspace.objects.filter(id=current_workspace()).update(name=workspace)
    Organization.objects.filter(is_home=True).update(name=home, sort_name=fold(home))
