"""The words of this room: what part somebody had in something, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

PARTS: Mapping[str, object] = {
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "cc": gettext_lazy("copy to"),
    "bcc": gettext_lazy("blind copy to"),
    "organizer": gettext_lazy("invited by"),
    "attendee": gettext_lazy("with"),
    "answered": gettext_lazy("in answer to"),
    "about": gettext_lazy("about"),
    "bounced": gettext_lazy("came back from"),
}
ANSWERS: Mapping[str, object] = {
    "accepted": gettext_lazy("accepted"),
    "declined": gettext_lazy("declined"),
    "tentative": gettext_lazy("perhaps"),
    "needs-action": gettext_lazy("no answer yet"),
}


def part_label(part: str) -> str:
    """What part somebody had, before their name; nothing where there is no word for it."""
    return str(PARTS.get(part, ""))


def answer_label(response: str) -> str:
    """What somebody answered to an invitation; nothing where the calendar told none."""
    return str(ANSWERS.get(response, ""))
