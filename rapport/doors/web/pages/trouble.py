"""A page that could not be shown: what happened, that nothing was lost, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TroublePage:
    """One error page. `status` is 403, 404 or 500, and 0 when offline."""

    status: int
    title: str
    text: str
    address: str = "/"
    label: str = ""
    reference: str = ""  # what to quote when asking for help
