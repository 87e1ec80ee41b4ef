"""Relationship: one home person and one other person, folded state and figures. OrganizationTies: what lists go by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rapport.accounts.rows import SET_NULL, RowKey, TenantRow
from rapport.people.models import Organization, Person


class Relationship(TenantRow):
    """The pair. `state` is the engine's folded state, as JSON; figures are evaluated from it when read."""

    home_person = RowKey(Person, db_column="home_person_id")
    person = RowKey(Person)
    state = models.TextField(null=True)
    contacts = models.IntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    strength = models.SmallIntegerField(null=True)  # as judged at `judged_at`: for order only, never for show
    tone = models.TextField(blank=True, default="", db_default="")  # the same, until `next_look_at`: for finding only
    judged_at = models.DateTimeField()
    next_look_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "relationship"
        constraints = [models.UniqueConstraint(fields=["workspace", "home_person", "person"], name="relationship_once")]
        indexes = [
            models.Index(fields=["workspace", "person"], name="relationship_of_person"),
            models.Index(fields=["workspace", "home_person", "-last_at", "person"], name="relationship_by_last"),
            models.Index(fields=["workspace", "home_person", "-strength", "person"], name="relationship_by_strength"),
            models.Index(fields=["workspace", "home_person", "judged_at"], name="relationship_judged"),
            models.Index(
                fields=["workspace", "next_look_at"], condition=~Q(next_look_at=None), name="relationship_due"
            ),
        ]


class OrganizationTies(TenantRow):
    """The strongest and the latest of all ties with people who are at an organization now: the figures are for order
    only, never shown.

    Asked of all relationships each time, the second page of a list would cost as much as counting them.
    """

    organization = RowKey(Organization)
    strongest = models.SmallIntegerField()
    last_at = models.DateTimeField()
    relationship = RowKey(Relationship, null=True, when_gone=SET_NULL)  # which is the strongest

    class Meta:
        app_label = "rapport"
        db_table = "organization_ties"
        constraints = [models.UniqueConstraint(fields=["workspace", "organization"], name="organization_ties_once")]
        indexes = [
            models.Index(fields=["workspace", "-strongest", "organization"], name="organization_by_strongest"),
            models.Index(fields=["workspace", "-last_at", "organization"], name="organization_by_last"),
            models.Index(fields=["workspace", "relationship"], name="organization_by_relationship"),
        ]
