"""Turns: whatever is still to be done is on the agenda, so that somebody comes to it; and no mail is sent twice."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..findings import Finding, finding
from ..snapshot import Connection

# Constants: nothing of anybody stands in these queries.
_NO_TURN = "NOT EXISTS (SELECT 1 FROM agenda a WHERE a.workspace_id = x.workspace_id AND a.kind = "
_LOOKED_AT = " AND a.due_at <= greatest(x.next_look_at, now()) + interval '1 minute')"
_COMES_AT = " AND a.due_at <= greatest(x.comes_at, now()) + interval '1 minute')"

QUESTIONS: dict[str, tuple[str, str]] = {
    "import-forgotten": (
        gettext_noop("An import is not over, and nobody will come to it. Start Rapport again."),
        "SELECT x.id::text FROM import x WHERE x.state IN ('waiting', 'reading', 'judging', 'undoing') AND "  # noqa: S608
        + _NO_TURN
        + "'import')",
    ),
    "change-forgotten": (
        gettext_noop("Something changed between two people, and nobody will judge it. Start Rapport again."),
        "SELECT DISTINCT x.workspace_id::text FROM pair_change x WHERE "  # noqa: S608
        + _NO_TURN
        + "'judge')",
    ),
    "look-forgotten": (
        gettext_noop("A relationship is to be looked at again, and nobody will. Start Rapport again."),
        "SELECT x.id::text FROM relationship x WHERE x.next_look_at IS NOT NULL AND "  # noqa: S608
        + _NO_TURN
        + "'look'"
        + _LOOKED_AT,
    ),
    "planned-forgotten": (
        gettext_noop("A meeting is to come, and nobody will count it. Start Rapport again."),
        "SELECT x.id::text FROM interaction x WHERE x.comes_at IS NOT NULL AND "  # noqa: S608
        + _NO_TURN
        + "'look'"
        + _COMES_AT,
    ),
    "mail-may-go-twice": (
        gettext_noop("A mail that was settled could still be sent. Tell us: this is a fault of ours."),
        "SELECT id::text FROM outgoing_mail WHERE state NOT IN ('waiting', 'sending') AND seed <> ''",
    ),
}


def check_turns(connection: Connection) -> Iterator[Finding]:
    """What waits for a turn that will not come."""
    for kind, (sentence, query) in QUESTIONS.items():
        yield from finding(kind, _(sentence), [row[0] for row in connection.execute(query.encode()).fetchall()])


def check_mail_under_way(connection: Connection) -> Iterator[Finding]:
    """Mail whose sender died, though Rapport runs and would long have said that its fate is not known."""
    query = "SELECT id::text FROM outgoing_mail WHERE state = 'sending' AND due_at < now() - interval '5 minutes'"
    yield from finding(
        "mail-under-way",
        _("A mail is under way for too long. Whether it arrived is not known; ask, before you send it again."),
        [row[0] for row in connection.execute(query.encode()).fetchall()],
    )
