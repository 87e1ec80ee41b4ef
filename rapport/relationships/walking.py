"""Conditions that are asked of each row on the way along an index, so that a page ends where it is full.

A common `EXISTS` the planner may turn around: it then finds everybody whom it is true of, and sorts them. That is right
for few. Where half of all people fit, it costs a second.
"""

from __future__ import annotations

from django.db.models import Exists

FEW = 2000  # so many are named, fetched and sorted sooner than found on the way


class Each(Exists):
    """`Exists` that PostgreSQL leaves where it stands: a subquery with an offset is not pulled up."""

    template = "EXISTS(%(subquery)s OFFSET 0)"
