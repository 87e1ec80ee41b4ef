"""What belongs to a person in every room: the rows of all tables that point at one, moved to another and back.

Django's catalogue knows these tables, so that rooms which come after this one need not be named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import ExpressionList

from rapport.accounts.rows import CASCADE, RowKey

from .models import Merge, Person

Row = dict[str, Any]  # attribute to text, as `value_to_string` gives it, or None
Moved = dict[str, Any]
Table = type[models.Model]

_STAY = (Person, Merge)  # where merges themselves are written down


def move_all(gone_id: UUID, kept_id: UUID, give_way: Mapping[Table, Collection[UUID]]) -> Moved:
    """Give all rows of one person to another; what was moved and dropped, as plain values for `move_back`.

    A row is dropped where the other has the same one already, or would be joined with themself by it. `give_way` names
    rows of the person kept that are dropped in favour of the one that comes.
    """
    dropped: list[Row] = []
    for table, rows in give_way.items():
        dropped += _drop(table, table._default_manager.filter(id__in=rows))
    moved = []
    for table, field in _pointing_at(Person):
        theirs = table._default_manager.filter(**{field.attname: gone_id})
        doubled = _same_as_of(kept_id, table, field) | _with_themself(kept_id, table, field)
        dropped += _drop(table, theirs.filter(doubled))
        ids = [str(row.pk) for row in theirs.only("id")]
        if ids:
            theirs.update(**{field.attname: kept_id})
            moved.append({"table": table.__name__, "field": field.attname, "ids": ids})
    return {"moved": moved, "dropped": dropped}


def move_back(moved: Moved, gone_id: UUID, kept_id: UUID) -> None:
    """Give back what `move_all` took, as far as it is still there."""
    for one in moved["moved"]:
        rows = _table(one["table"])._default_manager.filter(id__in=one["ids"], **{one["field"]: kept_id})
        rows.update(**{one["field"]: gone_id})
    for row in reversed(moved["dropped"]):
        put_back(row)


def take_out(person_id: UUID) -> list[Row]:
    """Delete a person with all rows of theirs; what went, for `put_back` from the last to the first."""
    return _drop(Person, Person.objects.filter(id=person_id))


def _pointing_at(target: Table) -> Iterator[tuple[Table, RowKey]]:
    for table in apps.get_app_config("rapport").get_models():
        for field in table._meta.local_fields:
            if isinstance(field, RowKey) and field.remote_field.model is target and table not in _STAY:
                yield table, field


def _same_as_of(kept_id: UUID, table: Table, field: RowKey) -> Q:
    """Rows for which the person kept has one that a unique constraint would not allow beside them."""
    same = Q(pk__in=[])
    for constraint in table._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in (names := _fields_of(constraint)):
            others = {name: OuterRef(name) for name in names if name != field.name}
            same |= Q(Exists(table._default_manager.filter(**{field.attname: kept_id}, **others)))
    return same


def _fields_of(constraint: models.UniqueConstraint) -> tuple[str, ...]:
    """The fields a constraint looks at, also where it looks at something computed from them, as at a hash."""
    computed = ExpressionList(*constraint.expressions).flatten()
    return (*constraint.fields, *(part.name for part in computed if isinstance(part, F)))  # type: ignore[attr-defined]


def _with_themself(kept_id: UUID, table: Table, field: RowKey) -> Q:
    """Rows between the two persons: a pair of one is none."""
    alone = Q(pk__in=[])
    for other_table, other in _pointing_at(Person):
        if other_table is table and other is not field:
            alone |= Q(**{other.attname: kept_id})
    return alone


def _drop(table: Table, rows: models.QuerySet[Any]) -> list[Row]:
    """Delete rows and, before them, what the database would delete with them; whole, in the order they went."""
    leaving = list(rows)
    if not leaving:
        return []
    ids = [row.pk for row in leaving]
    kept: list[Row] = []
    for other_table, field in _pointing_at(table):
        if field.when_gone == CASCADE:
            kept += _drop(other_table, other_table._default_manager.filter(**{f"{field.attname}__in": ids}))
    table._default_manager.filter(id__in=ids).delete()
    return kept + [written_down(row) for row in leaving]


def written_down(row: models.Model) -> Row:
    """A whole row as plain values, for `put_back`."""
    values: Row = {"table": type(row).__name__}
    for field in row._meta.local_fields:
        empty = field.value_from_object(row) is None
        values[field.attname] = None if empty else field.value_to_string(row)
    return values


def put_back(values: Row) -> None:
    """Put a removed row back, unless what it belongs to has gone meanwhile or somebody made the same one again."""
    table = _table(values["table"])
    fields = table._meta.local_fields
    known = [field for field in fields if field.attname in values]  # a column added since has its default
    row = table(**{field.attname: field.to_python(values[field.attname]) for field in known})
    for field in fields:
        if isinstance(field, RowKey) and not _is_there(field, getattr(row, field.attname)):
            if not field.null:
                return
            setattr(row, field.attname, None)
    table._default_manager.bulk_create([row], ignore_conflicts=True)


def _is_there(field: RowKey, row_id: UUID | None) -> bool:
    target: Table = field.remote_field.model
    return row_id is None or target._default_manager.filter(pk=row_id).exists()


def _table(name: str) -> Table:
    return apps.get_model("rapport", name)
