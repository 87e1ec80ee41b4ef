"""What was asked once, remembered for a day: asked again, it gives the first answer and does nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min

from rapport.kit.failpoints import failpoint

from . import agenda
from .access import Viewer
from .models import RememberedAnswer

KEPT = timedelta(days=1)


def claim(viewer: Viewer, key: str, request_hash: str, now: datetime) -> tuple[RememberedAnswer, bool]:
    """The row of this key, and whether it is new. Who comes second waits here until the first has answered.

    In the transaction of what is done: a trouble leaves no memory of it.
    """
    RememberedAnswer.objects.filter(membership_id=viewer.membership_id, made_at__lt=now - KEPT).delete()
    row, is_new = RememberedAnswer.objects.get_or_create(
        workspace_id=viewer.workspace_id,
        membership_id=viewer.membership_id,
        key=key,
        defaults={"request_hash": request_hash, "made_at": now},
    )
    failpoint("answer.after_claim")
    if is_new:
        agenda.put_down("look", now + KEPT)
    return row, is_new


def remember(row: RememberedAnswer, status: int, body: str) -> None:
    """Keep what was answered."""
    RememberedAnswer.objects.filter(id=row.id).update(status=status, body=body)
    failpoint("answer.after_remembering")


def forget_answers(now: datetime) -> datetime | None:
    """Forget what is older than a day, whoever asked; when to forget next. For the worker, in a workspace."""
    RememberedAnswer.objects.filter(made_at__lte=now - KEPT).delete()
    oldest: datetime | None = RememberedAnswer.objects.aggregate(at=Min("made_at"))["at"]
    return oldest + KEPT if oldest else None
