"""Ways to reach somebody now: their newest mail address and telephone number, as links."""

from __future__ import annotations

from urllib.parse import quote

from rapport.kit.phones import grouped
from rapport.people.opening import HandleLine, PersonSheet

from .pages.today import Reach


def reach_of(sheet: PersonSheet) -> tuple[Reach, ...]:
    """A mail and a call at most; nothing for who asked to be left alone, and no address that bounced."""
    if sheet.do_not_contact:
        return ()
    ways = []
    for kind, icon in (("email", "mail"), ("phone", "phone")):
        handle = next((one for one in sheet.handles if one.kind == kind and one.bounced_at is None), None)
        if handle is not None:
            ways.append(Reach("mail" if icon == "mail" else "phone", shown(handle), href_of(handle)))
    return tuple(ways)


def shown(handle: HandleLine) -> str:
    """An address as people read it. A link leads to it as it is kept, whatever stands on it."""
    if handle.kind == "phone" and handle.value.startswith("+"):
        return grouped(handle.value)
    return handle.value if handle.kind == "email" else handle.as_written or handle.value


def href_of(handle: HandleLine) -> str:
    """A link to write to or call this address; empty where there is none."""
    scheme = {"email": "mailto:", "phone": "tel:"}.get(handle.kind)
    return scheme + quote(handle.value, safe="@+") if scheme else ""
