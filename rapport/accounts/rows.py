"""What every tenant row has, and the one way to open a transaction that may see the rows of a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from rapport.kit.failpoints import failpoint
from rapport.kit.ids import as_id, new_id

CASCADE, SET_NULL, RESTRICT = "CASCADE", "SET NULL", "RESTRICT"


class RowKey(models.ForeignKey[Any, Any]):
    """A reference to a row of the same workspace.

    Django sees a plain column: the composite foreign key `(workspace_id, x_id)` is made in the migration's SQL,
    because a plain one would let a row point into another workspace (row-level security does not see those checks).
    """

    def __init__(self, to: Any, *, when_gone: str = CASCADE, **kwargs: Any) -> None:
        self.when_gone = when_gone
        kwargs.setdefault("related_name", "+")
        kwargs.update(on_delete=models.DO_NOTHING, db_constraint=False)
        kwargs.setdefault("db_index", False)
        super().__init__(to, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As a plain foreign key, so that migrations do not import the project."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class TenantRow(models.Model):
    """A row that belongs to one workspace. Its primary key is `(workspace_id, id)`; Django sees `id`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(
        "rapport.Workspace", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        abstract = True


def ask(query: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement, for where building it anew each time costs more than asking. Row-level security and
    `visible_to` hold as everywhere: whoever writes a statement sees to the second.
    """
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@contextmanager
def in_workspace(workspace_id: UUID | str) -> Iterator[None]:
    """One transaction that sees the rows of this workspace and no others."""
    with transaction.atomic():
        enter(workspace_id)
        yield
        failpoint("transaction.before_commit")
    failpoint("transaction.after_commit")


@contextmanager
def sent_ahead() -> Iterator[None]:
    """Statements within are sent without waiting for those before: whoever reads rows waits for them.

    What the database refuses is raised where the next rows are read, or at the end; and no statement says how many rows
    it touched.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def enter(workspace_id: UUID | str) -> None:
    """Set the workspace for the rest of the current transaction. Local to it: a session-wide one would leak."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('rapport.workspace', %s, true)", [str(workspace_id)])
    blocks = connection.atomic_blocks
    connection.entered = (blocks[0], as_id(workspace_id)) if blocks else None  # type: ignore[attr-defined]


def current_workspace() -> UUID:
    """The workspace of the current transaction; raises where none was entered."""
    entered: tuple[object, UUID] | None = getattr(connection, "entered", None)
    if entered is not None and connection.atomic_blocks and connection.atomic_blocks[0] is entered[0]:
        return entered[1]  # asked a dozen times in a request; the database is the one that holds it
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('rapport.workspace', true), '')")
        row = cursor.fetchone()
    if not row or not row[0]:
        raise RuntimeError("No workspace was entered: wrap the work in in_workspace().")
    return UUID(row[0])


def plan_anew() -> None:
    """Forget how statements, and the checks of references, were carried out so far in this session.

    What was planned while a table was empty reads it whole for each row: the thousandth batch of a first import would
    still look up its people that way.
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def be_patient(seconds: int) -> None:
    """For the rest of the transaction, wait this long for a lock instead of the two seconds a page may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
