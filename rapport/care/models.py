"""Suggestion: somebody on somebody's Today. TodayList: what a day was made from. SavedView: a list by a name."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from rapport.accounts.models import Membership
from rapport.accounts.rows import RowKey, TenantRow
from rapport.people.models import Person

from .ranking import UNTOUCHED


class TodayList(TenantRow):
    """A day's choice for one home person: made once, stable until the next day."""

    home_person = RowKey(Person, db_column="home_person_id")
    day = models.DateField()
    made_at = models.DateTimeField()
    considered = models.JSONField(default=dict)  # who was considered and left out, and why

    class Meta:
        app_label = "rapport"
        db_table = "today_list"
        constraints = [models.UniqueConstraint(fields=["workspace", "home_person", "day"], name="today_list_once")]


class Suggestion(TenantRow):
    """A moment placed on a day: who, why, evidence, ways in, and what was done about it."""

    today = RowKey(TodayList, db_column="today_list_id")
    home_person = RowKey(Person, db_column="home_person_id")
    person = RowKey(Person)
    day = models.DateField()
    rank = models.SmallIntegerField()
    moment = models.TextField()  # identity of the moment: the same one is never placed twice after "not needed"
    rule = models.TextField()
    care = models.TextField()  # kind of care: answer, celebrate, follow-up, stay-close
    reason = models.JSONField()
    evidence = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    minutes = models.SmallIntegerField()
    state = models.TextField(default="open")  # open, done, later, not-needed, cleared, gone
    acted_at = models.DateTimeField(null=True)
    later_until = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "suggestion"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "home_person", "day", "person"], name="suggestion_once")
        ]
        indexes = [models.Index(fields=["workspace", "home_person", "moment"], name="suggestion_of_moment")]

    def waits(self, now: datetime) -> bool:
        """Whether nobody did anything about it, or it was put off until now."""
        has_returned = self.state == "later" and self.later_until is not None and self.later_until <= now
        return has_returned or self.state in UNTOUCHED


class SavedView(TenantRow):
    """A list of people as somebody filtered, sorted and arranged it, by a name: their own, or shared with the team."""

    membership = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.TextField()
    asked = models.JSONField(default=dict)  # what the address of the list asks, name to words
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "saved_view"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "membership", "name"], name="saved_view_once"),
        ]
