"""Thread, Interaction, Participant, AddressPart, Message, Words, PairChange, Erasure, ErasureItem."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from rapport.accounts.models import Membership
from rapport.accounts.rows import SET_NULL, RowKey, TenantRow
from rapport.channels.models import RawItem, Source
from rapport.people.models import Person


class Thread(TenantRow):
    """A mail or chat conversation."""

    root = models.TextField()  # the message id all replies lead back to
    subject = models.TextField(blank=True, default="")

    class Meta:
        app_label = "rapport"
        db_table = "thread"
        constraints = [models.UniqueConstraint(fields=["workspace", "root"], name="thread_once")]


class Interaction(TenantRow):
    """Something that happened between people. `is_contact` says whether it counts for how a relationship stands."""

    kind = models.TextField()
    origin = models.TextField()  # identity: reading the same thing twice meets the same row
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    all_day = models.BooleanField(default=False)
    title = models.TextField(blank=True, default="")
    excerpt = models.TextField(blank=True, default="")
    question = models.TextField(blank=True, default="")
    place = models.TextField(blank=True, default="", db_default="")  # where it takes place, as a calendar says it
    language = models.TextField(blank=True, default="")
    automatic = models.TextField(blank=True, default="")  # the rule that knew it for a robot's
    list_address = models.TextField(blank=True, default="")
    is_cancelled = models.BooleanField(default=False)
    is_contact = models.BooleanField(default=False)
    group_size = models.IntegerField(default=2)
    minutes = models.IntegerField(null=True)
    thread = RowKey(Thread, null=True, when_gone=SET_NULL)
    source = RowKey(Source, null=True, when_gone=SET_NULL)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    is_shared = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    revision = models.IntegerField(null=True)  # of a meeting: which of its versions this is, as its calendar counts
    revised_at = models.DateTimeField(null=True)
    comes_at = models.DateTimeField(null=True)  # while it is planned: when it becomes contact
    made_at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "interaction"
        constraints = [models.UniqueConstraint(fields=["workspace", "origin"], name="interaction_once")]
        indexes = [
            models.Index(fields=["workspace", "-at", "-id"], name="interaction_recent"),
            models.Index(fields=["workspace", "thread", "at"], condition=~Q(thread=None), name="interaction_of_thread"),
            models.Index(fields=["workspace", "source"], condition=~Q(source=None), name="interaction_of_source"),
            models.Index(
                fields=["workspace", "list_address"], condition=~Q(list_address=""), name="interaction_of_list"
            ),
            models.Index(fields=["workspace", "comes_at"], condition=~Q(comes_at=None), name="interaction_to_come"),
            # What a reader may read beside what they took part in: by these it is searched.
            models.Index(
                fields=["workspace", "owner", "-at", "-id"], condition=~Q(owner=None), name="interaction_of_owner"
            ),
            models.Index(fields=["workspace", "-at", "-id"], condition=Q(is_shared=True), name="interaction_shared"),
        ]


class Participant(TenantRow):
    """A person's part in an interaction. `at` is repeated here so that a timeline is one index walk."""

    interaction = RowKey(Interaction)
    person = RowKey(Person)
    part = models.TextField()  # from, to, cc, bcc, organizer, attendee, answered
    response = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "participant"
        constraints = [models.UniqueConstraint(fields=["workspace", "interaction", "person"], name="participant_once")]
        indexes = [models.Index(fields=["workspace", "person", "-at", "-interaction"], name="participant_timeline")]


class AddressPart(TenantRow):
    """An address's part in an interaction while nobody is known to stand behind it: a list, a desk. Who turns out to
    stand behind it becomes a participant then.
    """

    interaction = RowKey(Interaction)
    address = models.TextField()
    name = models.TextField(blank=True, default="")  # as written beside it
    part = models.TextField()
    response = models.TextField(blank=True, default="")
    is_list = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        app_label = "rapport"
        db_table = "address_part"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "interaction", "address"], name="address_part_once")
        ]
        indexes = [models.Index(fields=["workspace", "address"], name="address_part_of_address")]


class Message(TenantRow):
    """The words of a mail or chat: quoted text is cut off here, never from the raw item."""

    interaction = RowKey(Interaction)
    message_id = models.TextField(blank=True, default="")
    in_reply_to = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    has_html = models.BooleanField(default=False)
    attachments = models.JSONField(default=list)
    raw_item = RowKey(RawItem, null=True, when_gone=SET_NULL)

    class Meta:
        app_label = "rapport"
        db_table = "message"
        constraints = [models.UniqueConstraint(fields=["workspace", "interaction"], name="message_once")]
        indexes = [
            models.Index(fields=["workspace", "message_id"], condition=~Q(message_id=""), name="message_by_id"),
            models.Index(fields=["workspace", "in_reply_to"], condition=~Q(in_reply_to=""), name="message_by_parent"),
            models.Index(fields=["workspace", "raw_item"], condition=~Q(raw_item=None), name="message_of_raw"),
        ]


class Words(TenantRow):
    """What an interaction is found by: the words of its title, its text, and the names of its files. A table of its
    own keeps the others narrow. `at` is repeated so that the newest are looked through along one index; the index of
    the words themselves stands in the migration.
    """

    interaction = RowKey(Interaction)
    at = models.DateTimeField()
    words = SearchVectorField()

    class Meta:
        app_label = "rapport"
        db_table = "words"
        constraints = [models.UniqueConstraint(fields=["workspace", "interaction"], name="words_once")]
        indexes = [models.Index(fields=["workspace", "-at", "-interaction"], name="words_recent")]


class PairChange(TenantRow):
    """Something changed between a home person and another. The relationships room takes these marks away as it reads
    on: a mark of a transaction that commits late is not missed, it is there the next time (decision 0002).
    """

    home_person_id = models.UUIDField()
    person_id = models.UUIDField()

    class Meta:
        app_label = "rapport"
        db_table = "pair_change"
        indexes = [models.Index(fields=["workspace", "home_person_id", "person_id"], name="pair_change_of_pair")]


class Erasure(TenantRow):
    """A person's wish to be erased, and how far it is. Who it was is known only while it is at work: in `sought`."""

    asked_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    stage = models.TextField()  # ledger, interactions, sweep, rest, files, done
    position = models.UUIDField(null=True)  # of the sweep: the last raw item looked at
    sought = models.JSONField(null=True)  # addresses, names and ids to be found; None once it is done
    leaving = models.JSONField(default=list)  # files to be removed once no row names them
    counts = models.JSONField(default=dict)  # what went and what stays: only numbers
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "rapport"
        db_table = "erasure"
        indexes = [models.Index(fields=["workspace", "-asked_at"], name="erasure_recent")]


class ErasureItem(TenantRow):
    """An interaction an erasure has still to see to. Gone when it was."""

    erasure = RowKey(Erasure)
    interaction_id = models.UUIDField()
    part = models.TextField()  # alone: nobody else was in it; wrote, about, took-part, named

    class Meta:
        app_label = "rapport"
        db_table = "erasure_item"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "erasure", "interaction_id"], name="erasure_item_once")
        ]
